package io.socketio.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the documentation to the code: complete examples compile, and properties exist.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern PROPERTY = Pattern.compile("`(socketio\\.[a-z0-9.-]*[a-z0-9](\\.\\*)?)`");

	private static final String IMPORTS = """
			import io.socketio.annotation.Auth;
			import io.socketio.annotation.OnConnect;
			import io.socketio.annotation.SocketIoController;
			import io.socketio.annotation.SocketIoEvent;
			import io.socketio.server.SocketIoSocket;
			""";

	@TempDir
	private Path output;

	@Test
	void exampleOfReadmeCompiles() throws IOException {
		assertThat(compile("ChatController", IMPORTS + example("README.md"))).isEmpty();
	}

	@Test
	void exampleOfGettingStartedCompiles() throws IOException {
		assertThat(compile("HelloApplication", example("docs/getting-started.md"))).isEmpty();
	}

	@Test
	void exampleOfSecurityCompiles() throws IOException {
		assertThat(compile("SecurityConfiguration", example("docs/security.md"))).isEmpty();
	}

	@Test
	void propertiesExist() throws IOException {
		Set<String> known = known();
		Set<String> unknown = new TreeSet<>();
		for (Path page : pages()) {
			Matcher matcher = PROPERTY.matcher(Files.readString(page));
			while (matcher.find()) {
				String name = matcher.group(1);
				boolean group = name.endsWith(".*");
				String prefix = group ? name.substring(0, name.length() - 1) : name;
				if (known.stream()
					.noneMatch((property) -> group ? property.startsWith(prefix) : property.equals(prefix))) {
					unknown.add(page + ": " + name);
				}
			}
		}
		assertThat(known).isNotEmpty();
		assertThat(unknown).isEmpty();
	}

	private static List<Path> pages() throws IOException {
		try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
			// The properties of testing.md are those of the test module, which checks
			// them
			return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
				.filter((page) -> !page.endsWith("testing.md"))
				.toList();
		}
	}

	private static Set<String> known() throws IOException {
		ClassPathResource metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json");
		Set<String> names = new TreeSet<>();
		for (JsonNode property : JsonMapper.shared().readTree(metadata.getInputStream()).get("properties")) {
			names.add(property.get("name").asString());
		}
		return names;
	}

	private static String example(String page) throws IOException {
		Matcher matcher = JAVA.matcher(Files.readString(ROOT.resolve(page)));
		assertThat(matcher.find()).as("example in " + page).isTrue();
		return matcher.group(1);
	}

	private List<?> compile(String name, String source) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"),
				JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return source;
			}

		};
		List<String> options = List.of("-proc:none", "-parameters", "-classpath", System.getProperty("java.class.path"),
				"-d", this.output.toString(), "-encoding", StandardCharsets.UTF_8.name());
		compiler.getTask(null, null, diagnostics, options, null, List.of(file)).call();
		return diagnostics.getDiagnostics()
			.stream()
			.map((diagnostic) -> diagnostic.getMessage(Locale.ENGLISH))
			.toList();
	}

}
