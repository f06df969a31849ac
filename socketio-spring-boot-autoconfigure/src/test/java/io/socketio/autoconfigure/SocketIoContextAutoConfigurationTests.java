package io.socketio.autoconfigure;

import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.socketio.context.MdcAccessor;
import io.socketio.context.MdcContributor;
import io.socketio.context.ThreadLocalsContributor;
import io.socketio.security.SecurityContextContributor;
import io.socketio.server.ServerExtensions;
import io.socketio.server.SocketIoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketIoContextAutoConfiguration}.
 */
class SocketIoContextAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class,
				SocketIoContextAutoConfiguration.class, SocketIoSecurityAutoConfiguration.class));

	@Test
	void mdcIsOffByDefault() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(ThreadLocalsContributor.class)
			.doesNotHaveBean(MdcContributor.class)
			.doesNotHaveBean(MdcAccessor.class));
	}

	@Test
	void threadLocalsComeFirst() {
		this.contextRunner.withPropertyValues("socketio.handler.mdc=true").run((context) -> {
			assertThat(context.getBean(ServerExtensions.class).contributors())
				.hasExactlyElementsOfTypes(ThreadLocalsContributor.class, MdcContributor.class,
						SecurityContextContributor.class)
				.first()
				.isInstanceOf(ThreadLocalsContributor.class);
			assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
				.contains(context.getBean(MdcAccessor.class));
			ContextRegistry.getInstance().removeThreadLocalAccessor(MdcContributor.KEY);
		});
	}

	@Test
	void withoutContextPropagation() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
			.withPropertyValues("socketio.handler.mdc=true")
			.run((context) -> assertThat(context).hasSingleBean(SocketIoServer.class)
				.hasSingleBean(MdcContributor.class)
				.doesNotHaveBean(ThreadLocalsContributor.class)
				.doesNotHaveBean(MdcAccessor.class));
	}

	@Test
	void withoutSlf4j() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.slf4j.MDC"))
			.withPropertyValues("socketio.handler.mdc=true")
			.run((context) -> assertThat(context).hasSingleBean(SocketIoServer.class)
				.doesNotHaveBean(MdcContributor.class)
				.doesNotHaveBean(MdcAccessor.class));
	}

}
