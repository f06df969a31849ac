package io.socketio.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the generated metadata of the configuration properties, and for what is added
 * to it by hand.
 */
class ConfigurationMetadataTests {

	private static final List<String> FORBIDDEN_BEGINNINGS = List.of("The ", "A ", "An ");

	private final JsonNode metadata = read("META-INF/spring-configuration-metadata.json");

	@Test
	void everyPropertyIsDescribed() {
		List<JsonNode> properties = properties();
		assertThat(properties).hasSizeGreaterThan(40);
		assertThat(properties).allSatisfy((property) -> {
			String name = property.path("name").asString();
			String description = property.path("description").asString("");
			assertThat(description).as(name).endsWith(".").doesNotContain("{@", "<", "\n");
			assertThat(FORBIDDEN_BEGINNINGS).as(name).noneMatch(description::startsWith);
			if ("java.lang.Boolean".equals(property.path("type").asString())) {
				assertThat(description).as(name).matches("(Whether|Enable) .*");
			}
			if (property.path("type").asString("").startsWith("java.util.List")) {
				assertThat(description).as(name).startsWith("Comma-separated list of ");
			}
		});
	}

	@Test
	void everyGroupBelongsToThePrefix() {
		assertThat(this.metadata.path("groups").values()).isNotEmpty()
			.allSatisfy((group) -> assertThat(group.path("name").asString()).startsWith("socketio"));
	}

	@Test
	void defaultsAreKnown() {
		assertThat(defaultOf("socketio.path").asString()).isEqualTo("/socket.io/");
		assertThat(defaultOf("socketio.parser").asString()).isEqualTo("json");
		assertThat(defaultOf("socketio.ping-interval").asString()).isEqualTo("25s");
		assertThat(defaultOf("socketio.max-payload").asString()).isEqualTo("1000000B");
		assertThat(defaultOf("socketio.connection-state-recovery.enabled").asBoolean(true)).isFalse();
		assertThat(defaultOf("socketio.connection-state-recovery.max-disconnection-duration").asString())
			.isEqualTo("2m");
		assertThat(defaultOf("socketio.transports").valueStream().map(JsonNode::asString)).containsExactly("polling",
				"websocket");
		assertThat(defaultOf("socketio.cors.allowed-methods").valueStream().map(JsonNode::asString))
			.containsExactly("GET", "POST");
		assertThat(defaultOf("socketio.cors.allowed-headers").valueStream().map(JsonNode::asString))
			.containsExactly("*");
	}

	@Test
	void everyHintIsForAProperty() {
		List<String> names = properties().stream().map((property) -> property.path("name").asString()).toList();
		JsonNode added = read("META-INF/additional-spring-configuration-metadata.json");
		assertThat(added.path("hints").values()).isNotEmpty()
			.allSatisfy((hint) -> assertThat(names).contains(hint.path("name").asString()));
		assertThat(this.metadata.path("hints").values()).containsAll(added.path("hints").values());
	}

	@Test
	void autoConfigurationsAreProcessed() {
		Resource generated = new ClassPathResource("META-INF/spring-autoconfigure-metadata.properties");
		assertThat(generated.exists()).isTrue();
	}

	private JsonNode defaultOf(String name) {
		return properties().stream()
			.filter((property) -> name.equals(property.path("name").asString()))
			.findFirst()
			.orElseThrow()
			.path("defaultValue");
	}

	private List<JsonNode> properties() {
		return this.metadata.path("properties")
			.values()
			.stream()
			.filter((property) -> property.path("name").asString("").startsWith("socketio."))
			.toList();
	}

	private static JsonNode read(String path) {
		try {
			return JsonMapper.shared().readTree(new ClassPathResource(path).getContentAsByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
