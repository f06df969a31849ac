package io.socketio.test.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the documentation of test support to the code: its examples are those that are
 * compiled and run here, letter by letter, and properties exist.
 */
class DocumentationTests {

	private static final Path DOCS = Path.of("..", "docs");

	private static final Path EXAMPLES = Path.of("src", "test", "java", "com", "example");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern PROPERTY = Pattern.compile("`(socketio\\.[a-z0-9.-]*[a-z0-9])`");

	@Test
	void examplesOfTestingAreRun() throws IOException {
		assertThat(blocks(page("testing.md"))).hasSize(2).allSatisfy(DocumentationTests::isAnExample);
	}

	@Test
	void examplesOfAStoreAreRun() throws IOException {
		String page = page("recovery.md");
		int start = page.indexOf("\n## A store of your own");
		String section = page.substring(start, page.indexOf("\n## ", start + 1));
		assertThat(blocks(section)).hasSize(3).allSatisfy(DocumentationTests::isAnExample);
	}

	@Test
	void exampleOfReadmeIsRun() throws IOException {
		String readme = Files.readString(Path.of("..", "README.md"));
		assertThat(blocks(readme)).filteredOn((block) -> block.contains("@SocketIoTest"))
			.hasSize(1)
			.allSatisfy(DocumentationTests::isAnExample);
	}

	@Test
	void propertiesExist() throws IOException {
		Set<String> unknown = new TreeSet<>();
		Matcher matcher = PROPERTY.matcher(page("testing.md"));
		while (matcher.find()) {
			unknown.add(matcher.group(1));
		}
		assertThat(unknown).contains("socketio.test.timeout");
		unknown.removeAll(known());
		assertThat(unknown).isEmpty();
	}

	private static Set<String> known() throws IOException {
		Set<String> names = new TreeSet<>();
		List<URL> files = Collections.list(
				DocumentationTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
		for (URL file : files) {
			try (InputStream in = file.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
					assertThat(property.path("description").asString("")).as(property.get("name").asString())
						.satisfiesAnyOf((text) -> assertThat(text).isNotEmpty(),
								(text) -> assertThat(property.get("name").asString()).doesNotStartWith("socketio."));
					names.add(property.get("name").asString());
				}
			}
		}
		return names;
	}

	private static void isAnExample(String block) {
		assertThat(sources()).anyMatch((source) -> source.contains(block));
	}

	private static List<String> sources() {
		try (Stream<Path> files = Files.walk(EXAMPLES)) {
			List<String> sources = new ArrayList<>();
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				sources.add(Files.readString(file));
			}
			return sources;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> blocks(String text) {
		return JAVA.matcher(text).results().map((block) -> block.group(1)).toList();
	}

	private static String page(String name) throws IOException {
		return Files.readString(DOCS.resolve(name));
	}

}
