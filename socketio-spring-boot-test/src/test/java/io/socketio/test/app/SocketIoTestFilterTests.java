package io.socketio.test.app;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

import io.socketio.recovery.InMemorySessionStore;
import io.socketio.recovery.SessionStore;
import io.socketio.test.SocketIoTester;
import io.socketio.test.TestSocket;
import io.socketio.test.app.GreetingController.Greeting;
import io.socketio.test.autoconfigure.SocketIoTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the attributes of {@link SocketIoTest}.
 */
class SocketIoTestFilterTests {

	@Nested
	@SocketIoTest
	@Import(GreetingService.class)
	class WithoutControllers {

		@Autowired
		private SocketIoTester tester;

		@Test
		void allControllersAreLoaded() {
			try (TestSocket greetings = this.tester.connect("/greetings");
					TestSocket farewells = this.tester.connect("/farewells")) {
				assertThat(greetings.emitWithAck("greet", "Ana").as(Greeting.class).text()).isEqualTo("Hello Ana");
				assertThat(farewells.emitWithAck("leave").as(String.class)).isEqualTo("Goodbye");
			}
		}

	}

	@Nested
	@SocketIoTest(FarewellController.class)
	class WithDefaults {

		@Test
		void componentsThatDoNotConcernSocketIoAreLeftOut(@Autowired ApplicationContext context) {
			assertThat(context.getBeansOfType(GreetingService.class)).isEmpty();
			assertThat(context.getBeansOfType(CallerResolver.class)).hasSize(1);
			assertThat(context.getBeansOfType(Doorman.class)).hasSize(1);
			assertThat(context.getBeansOfType(NameModule.class)).hasSize(1);
			assertThat(context.getBeansOfType(TagFilter.class)).hasSize(1);
			assertThat(context.getBean(SessionStore.class)).isInstanceOf(InMemorySessionStore.class);
		}

	}

	@Nested
	@SocketIoTest(controllers = FarewellController.class,
			includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = GreetingService.class),
			excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Doorman.class))
	class WithFilters {

		@Test
		void filtersAddAndLeaveOut(@Autowired ApplicationContext context) {
			assertThat(context.getBeansOfType(GreetingService.class)).hasSize(1);
			assertThat(context.getBeansOfType(Doorman.class)).isEmpty();
		}

	}

	@Nested
	@SocketIoTest(useDefaultFilters = false,
			includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = FarewellController.class))
	class WithoutDefaultFilters {

		@Test
		void onlyWhatIsIncludedIsLoaded(@Autowired ApplicationContext context) {
			assertThat(context.getBeansOfType(FarewellController.class)).hasSize(1);
			assertThat(context.getBeansOfType(GreetingController.class)).isEmpty();
			assertThat(context.getBeansOfType(Doorman.class)).isEmpty();
		}

	}

	@Nested
	@SocketIoTest(controllers = FarewellController.class,
			properties = { "socketio.path=/realtime", "socketio.test.timeout=7s", "spring.webflux.base-path=/app" },
			excludeAutoConfiguration = ErrorWebFluxAutoConfiguration.class)
	class WithProperties {

		@Test
		void testerFindsTheEndpoint(@Autowired SocketIoTester tester) {
			try (TestSocket socket = tester.connect("/farewells")) {
				assertThat(socket.emitWithAck("leave").as(String.class)).isEqualTo("Goodbye");
			}
		}

		@Test
		void autoConfigurationIsLeftOut(@Autowired ApplicationContext context) {
			assertThat(context.getBeansOfType(ErrorWebFluxAutoConfiguration.class)).isEmpty();
		}

	}

	@Nested
	@SocketIoTest(FarewellController.class)
	@ActiveProfiles("cluster")
	class InAnApplicationWithACluster {

		@Test
		void clusterIsNotJoined(@Autowired ApplicationContext context) {
			assertThat(context.getEnvironment().getProperty("socketio.adapter.type")).isEqualTo("memory");
		}

	}

}
