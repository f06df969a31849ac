package io.socketio.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.util.ReflectionTestUtils;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.protocol.JsonPacketParser;
import io.socketio.protocol.PacketParser;
import io.socketio.protocol.msgpack.MsgpackPacketParser;
import io.socketio.server.SocketIoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for the choice of the parser by {@link SocketIoAutoConfiguration}.
 */
class PacketParserConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, SocketIoAutoConfiguration.class));

	private final ApplicationContextRunner withoutLibrary = this.contextRunner
		.withClassLoader(new FilteredClassLoader("org.msgpack"));

	@Test
	void jsonIsTheDefaultAndNeedsNoLibrary() {
		this.withoutLibrary.run((context) -> {
			assertThat(context).hasSingleBean(SocketIoServer.class);
			assertThat(context).getBean(PacketParser.class).isInstanceOf(JsonPacketParser.class);
		});
		this.withoutLibrary.withPropertyValues("socketio.parser=json")
			.run((context) -> assertThat(context).getBean(PacketParser.class).isInstanceOf(JsonPacketParser.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "msgpack", "MSGPACK" })
	void msgpackIsChosen(String value) {
		this.contextRunner.withPropertyValues("socketio.parser=" + value).run((context) -> {
			PacketParser parser = context.getBean(PacketParser.class);
			assertThat(parser).isInstanceOf(MsgpackPacketParser.class);
			assertThat(ReflectionTestUtils.getField(parser, "mapper")).isSameAs(context.getBean(JsonMapper.class));
			Object serverContext = ReflectionTestUtils.getField(context.getBean(SocketIoServer.class), "context");
			assertThat(serverContext).extracting("parser").isSameAs(parser);
		});
	}

	@Test
	void msgpackWithoutItsLibraryFails() {
		this.withoutLibrary.withPropertyValues("socketio.parser=msgpack").run((context) -> {
			assertThat(context).hasFailed();
			Throwable failure = context.getStartupFailure();
			assertThat(failure).rootCause().isInstanceOf(InvalidSocketIoPropertyException.class);
			FailureAnalysis analysis = new InvalidSocketIoPropertyFailureAnalyzer(new StandardEnvironment())
				.analyze(failure);
			assertThat(analysis.getDescription()).contains("Property: socketio.parser")
				.contains("it needs the library org.msgpack:msgpack-core, which is not on the class path");
			assertThat(analysis.getAction()).contains("org.msgpack:msgpack-core").contains("socketio.parser to json");
		});
	}

	@Test
	void unknownParserFails() {
		this.contextRunner.withPropertyValues("socketio.parser=xml")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasStackTraceContaining("No enum constant io.socketio.autoconfigure.ParserType.xml"));
	}

	@Test
	void ownParserReplacesBoth() {
		PacketParser own = mock(PacketParser.class);
		this.withoutLibrary.withPropertyValues("socketio.parser=msgpack")
			.withBean(PacketParser.class, () -> own)
			.run((context) -> assertThat(context).getBean(PacketParser.class).isSameAs(own));
	}

}
