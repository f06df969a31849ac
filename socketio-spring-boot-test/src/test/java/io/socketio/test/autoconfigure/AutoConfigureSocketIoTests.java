package io.socketio.test.autoconfigure;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configurations that {@link AutoConfigureSocketIo} imports.
 */
class AutoConfigureSocketIoTests {

	private static final String OPTIONAL = "optional:";

	/**
	 * Those of Socket.IO that a slice has no use for.
	 */
	private static final Set<String> LEFT_OUT = Set.of("io.socketio.autoconfigure.SocketIoSecurityAutoConfiguration");

	private static final List<String> IMPORTS = candidates(AutoConfigureSocketIo.class);

	@Test
	void allOfSocketIoIsImportedOrLeftOutOnPurpose() throws IOException {
		Set<String> missing = new TreeSet<>(candidates(AutoConfiguration.class));
		missing.removeIf((name) -> !name.startsWith("io.socketio."));
		assertThat(missing).isNotEmpty();
		missing.removeAll(LEFT_OUT);
		missing.removeIf((name) -> IMPORTS.contains(name) || IMPORTS.contains(OPTIONAL + name));
		assertThat(missing).isEmpty();
	}

	@Test
	void whatIsNotOptionalExists() {
		assertThat(IMPORTS).filteredOn((name) -> !name.startsWith(OPTIONAL))
			.isSorted()
			.allMatch((name) -> ClassUtils.isPresent(name, null));
	}

	@Test
	void whatIsOptionalIsAnAutoConfiguration() {
		assertThat(IMPORTS).filteredOn((name) -> name.startsWith(OPTIONAL))
			.isNotEmpty()
			.isSorted()
			.allMatch((name) -> name.endsWith("AutoConfiguration"));
	}

	private static List<String> candidates(Class<?> annotation) {
		return ImportCandidates.load(annotation, null).getCandidates();
	}

}
