package io.socketio.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Async;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.socketio.annotation.OnConnect;
import io.socketio.annotation.OnDisconnect;
import io.socketio.annotation.SocketIoController;
import io.socketio.annotation.SocketIoEvent;
import io.socketio.server.Acknowledgement;
import io.socketio.server.BroadcastOperator;
import io.socketio.server.DisconnectReason;
import io.socketio.server.EventArguments;
import io.socketio.server.SocketIoSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which beans and methods are handlers, and which are refused.
 */
@ExtendWith(OutputCaptureExtension.class)
class ControllerDetectionTests {

	private final Application application = new Application();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void oneHandlerPerNamespace(CapturedOutput output) {
		this.application.register(Root.class, Chat.class, MoreChat.class, Empty.class, NoController.class).start();
		assertThat(this.application.handlers).containsOnlyKeys("/", "/chat", "/empty");
		assertThat(this.application.connect().send("where").awaitValue()).isEqualTo("root");
		TestSocket chat = this.application.connect("/chat");
		assertThat(chat.send("where").awaitValue()).isEqualTo("chat");
		assertThat(chat.send("more").awaitValue()).isEqualTo("more");
		assertThat(output).contains("handlers: 3, controllers: 4, namespaces: [/, /chat, /empty]");
	}

	@Test
	void noControllers() {
		this.application.register(NoController.class).start();
		assertThat(this.application.handlers).isEmpty();
	}

	@Test
	void severalNamesAndTheMethodsName() {
		this.application.register(Names.class).start();
		TestSocket socket = this.application.connect();
		assertThat(socket.send("one").awaitValue()).isEqualTo("named");
		assertThat(socket.send("two").awaitValue()).isEqualTo("named");
		assertThat(socket.send("byMethod").awaitValue()).isEqualTo("byMethod");
	}

	@Test
	void placeholders() {
		this.application.environment.withProperty("app.namespace", "games").withProperty("app.event", "play");
		this.application.register(Placeholders.class).start();
		assertThat(this.application.connect("/games").send("play").awaitValue()).isEqualTo("placeholder");
	}

	@Test
	void placeholderWithoutValue() {
		this.application.environment.withProperty("app.event", "play");
		assertThatIllegalArgumentException().isThrownBy(this.application.register(Placeholders.class)::start)
			.withMessageContaining("app.namespace");
	}

	@Test
	void composedAnnotations() {
		this.application.register(Composed.class).start();
		assertThat(this.application.connect("/composed").send("composed").awaitValue()).isEqualTo("composed");
	}

	@Test
	void annotationsOnInterfacesAndSuperclasses() {
		this.application.register(Inherited.class).start();
		TestSocket socket = this.application.connect("/api");
		assertThat(socket.send("fromInterface", 1).awaitValue()).isEqualTo("interface 1");
		assertThat(socket.send("fromSuperclass").awaitValue()).isEqualTo("superclass");
		assertThat(socket.send("fromDefault").awaitValue()).isEqualTo("default");
	}

	@Test
	void bridgeMethodsAreNoDuplicates() {
		this.application.register(Bridged.class).start();
		assertThat(this.application.connect().send("handle", "7").awaitValue()).isEqualTo(7);
	}

	@Test
	void privateAndStaticMethods() {
		this.application.register(PrivateAndStatic.class).start();
		TestSocket socket = this.application.connect();
		assertThat(socket.send("privateMethod", "a").awaitValue()).isEqualTo("private a");
		assertThat(socket.send("staticMethod", "a").awaitValue()).isEqualTo("static a");
	}

	@Test
	void proxiesBySubclass() {
		this.application.with(Proxies.handMade("controller", new Proxied("target"), true)).start();
		TestSocket socket = this.application.connect("/proxied");
		assertThat(socket.send("packagePrivate", "a").awaitValue()).isEqualTo("target a advised");
		assertThat(socket.send("reactive", "a").awaitValue()).isEqualTo("target a");
		assertThat(Proxies.calls(this.application)).containsExactly("packagePrivate", "reactive");
	}

	@Test
	void proxiesOfInterfaces() {
		this.application.with(Proxies.handMade("controller", new InterfaceProxied(), false)).start();
		TestSocket socket = this.application.connect("/jdk");
		assertThat(socket.send("greet", "ann", 3).awaitValue()).isEqualTo("hello ann 3 advised");
		assertThat(Proxies.calls(this.application)).containsExactly("greet");
	}

	@ParameterizedTest
	@CsvSource({ "true", "false" })
	void automaticProxies(boolean proxyTargetClass) {
		this.application.with(Proxies.automatic(proxyTargetClass)).register(InterfaceProxied.class).start();
		assertThat(this.application.connect("/jdk").send("greet", "ann", 3).awaitValue())
			.isEqualTo("hello ann 3 advised");
	}

	@Test
	void automaticProxiesOfLazyAndPrototypeBeans() {
		this.application.with(Proxies.automatic(false)).register(LazyInterfaceProxied.class).start();
		assertThat(this.application.connect("/jdk").send("greet", "ann", 3).awaitValue())
			.isEqualTo("hello ann 3 advised");
	}

	@Test
	void methodThatAProxyOfInterfacesDoesNotHave() {
		this.application.with(Proxies.handMade("controller", new BeyondInterface(), false));
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(this.application::start)
			.withMessageContaining("BeyondInterface#beyond()")
			.withMessageContaining("proxy");
	}

	@ParameterizedTest
	@CsvSource({ "true, PrivateOnProxy#hidden()", "true, FinalOnProxy#fixed()" })
	void methodThatAProxyBySubclassCannotOverride(boolean proxyTargetClass, String method) {
		Object target = method.startsWith("Private") ? new PrivateOnProxy() : new FinalOnProxy();
		this.application.with(Proxies.handMade("controller", target, proxyTargetClass));
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(this.application::start)
			.withMessageContaining(method)
			.satisfies((ex) -> assertThat(ex.getMethod()).contains("of bean 'controller'"));
	}

	@Test
	void lazyBeansAreCreatedAtTheFirstCall() {
		Counted.instances.set(0);
		this.application.register(LazyBean.class).start();
		TestSocket socket = this.application.connect();
		assertThat(Counted.instances).hasValue(0);
		assertThat(socket.send("count").awaitValue()).isEqualTo(1);
		assertThat(socket.send("count").awaitValue()).isEqualTo(1);
	}

	@Test
	void prototypesAreCreatedForEachCall() {
		Counted.instances.set(0);
		this.application.register(Prototype.class).start();
		TestSocket socket = this.application.connect();
		assertThat(Counted.instances).hasValue(0);
		assertThat(socket.send("count").awaitValue()).isEqualTo(1);
		assertThat(socket.send("count").awaitValue()).isEqualTo(2);
	}

	@Test
	void prototypesOfChangingClass() {
		this.application.register(ChangingClass.class).start();
		TestSocket socket = this.application.connect("/jdk");
		assertThat(socket.send("greet", "ann", 1).awaitValue()).isEqualTo("hello ann 1");
		assertThat(socket.send("greet", "ann", 2).awaitValue()).isEqualTo("hello ann 2 advised");
		assertThat(socket.send("greet", "ann", 3).awaitValue()).isEqualTo("hello ann 3");
	}

	@Test
	void scopedBeansAreCalledThroughTheirScopedProxy() {
		MapScope scope = new MapScope();
		this.application.context.getBeanFactory().registerScope("map", scope);
		this.application.register(Scoped.class).start();
		assertThat(scope.objects).isEmpty();
		TestSocket socket = this.application.connect();
		Object first = socket.send("count").awaitValue();
		assertThat(socket.send("count").awaitValue()).isEqualTo(first);
		scope.objects.clear();
		assertThat(socket.send("count").awaitValue()).isNotEqualTo(first);
	}

	@Test
	void beanMethods() {
		this.application.register(BeanMethods.class).start();
		assertThat(this.application.connect("/bean").send("made").awaitValue()).isEqualTo("made");
	}

	@Test
	void onConnectInTheOrderOfBeansAndMethods() {
		this.application.register(Log.class, LastConnect.class, FirstConnect.class, OrderedConnect.class).start();
		TestSocket socket = this.application.connect();
		Log log = this.application.bean(Log.class);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(log.entries).containsExactly("first b", "first a", "first c", "ordered", "last"));
		socket.disconnected(DisconnectReason.TRANSPORT_CLOSE);
		Awaitility.await().untilAsserted(() -> assertThat(log.entries).endsWith("first left", "last left"));
	}

	@Test
	void twoMethodsForOneEvent() {
		this.application.register(Chat.class, OtherChat.class);
		assertThatExceptionOfType(DuplicateSocketIoEventException.class).isThrownBy(this.application::start)
			.satisfies((ex) -> {
				assertThat(ex.getNamespace()).isEqualTo("/chat");
				assertThat(ex.getEvent()).isEqualTo("where");
				assertThat(List.of(ex.getFirstMethod(), ex.getSecondMethod())).containsExactlyInAnyOrder(
						Chat.class.getName() + "#where() of bean 'controllerDetectionTests.Chat'",
						OtherChat.class.getName()
								+ "#elsewhere(List<String>, int) of bean 'controllerDetectionTests.OtherChat'");
				assertThat(ex).hasMessageContaining(ex.getFirstMethod()).hasMessageContaining(ex.getSecondMethod());
			});
	}

	@Test
	void oneClassAsTwoBeans() {
		this.application.register(Chat.class);
		this.application.context.registerBean("second", Chat.class);
		assertThatExceptionOfType(DuplicateSocketIoEventException.class).isThrownBy(this.application::start)
			.withMessageContaining("'second'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ReservedName           | reserved
			EmptyName              | empty
			UnknownOnConnect       | parameter 1 (what) of type java.lang.String cannot be resolved
			AckOnConnect           | Acknowledgement cannot be resolved
			ArgumentsOnDisconnect  | EventArguments cannot be resolved
			ReasonOnEvent          | DisconnectReason cannot be resolved
			ReactiveArgument       | Mono<java.lang.String> cannot be resolved
			ExchangeArgument       | ServerWebExchange cannot be resolved
			OperatorArgument       | BroadcastOperator cannot be resolved
			FutureResult           | cannot be waited for
			CallableResult         | cannot be waited for
			AsyncMethod            | @Async
			AsyncClass             | @Async
			""")
	void refusedAtStart(String controller, String message) throws Exception {
		Class<?> type = Class.forName(ControllerDetectionTests.class.getName() + "$" + controller);
		this.application.register(type);
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(this.application::start)
			.withMessageContaining(message)
			.withMessageContaining(controller + "#method(");
	}

	@Test
	void aLimitIsNeeded() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(this.application.maxPendingEvents(0)::start)
			.withStackTraceContaining("'maxPendingEvents' must be positive");
	}

	@SocketIoController
	static class Root {

		@SocketIoEvent("where")
		String where() {
			return "root";
		}

	}

	@SocketIoController("chat")
	static class Chat {

		@SocketIoEvent
		String where() {
			return "chat";
		}

	}

	@SocketIoController(namespace = "/chat")
	static class MoreChat {

		@SocketIoEvent
		String more() {
			return "more";
		}

	}

	@SocketIoController("/chat")
	static class OtherChat {

		@SocketIoEvent("where")
		String elsewhere(List<String> names, int number) {
			return "elsewhere";
		}

	}

	@SocketIoController("/empty")
	static class Empty {

	}

	static class NoController {

		@SocketIoEvent
		void where() {
		}

	}

	@SocketIoController
	static class Names {

		@SocketIoEvent({ "one", "two", "one" })
		String named() {
			return "named";
		}

		@SocketIoEvent
		String byMethod() {
			return "byMethod";
		}

	}

	@SocketIoController("${app.namespace}")
	static class Placeholders {

		@SocketIoEvent("${app.event}")
		String method() {
			return "placeholder";
		}

	}

	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@SocketIoController
	@interface MyController {

		@AliasFor(annotation = SocketIoController.class, attribute = "namespace")
		String path();

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@SocketIoEvent("composed")
	@interface ComposedEvent {

	}

	@MyController(path = "/composed")
	static class Composed {

		@ComposedEvent
		String method() {
			return "composed";
		}

	}

	@SocketIoController("/api")
	interface Api {

		@SocketIoEvent
		String fromInterface(int number);

		@SocketIoEvent
		default String fromDefault() {
			return "default";
		}

	}

	abstract static class Base {

		@SocketIoEvent
		String fromSuperclass() {
			return "superclass";
		}

	}

	static class Inherited extends Base implements Api {

		@Override
		public String fromInterface(int number) {
			return "interface " + number;
		}

	}

	interface GenericHandler<T, R> {

		R handle(T argument);

	}

	@SocketIoController
	static class Bridged implements GenericHandler<Integer, Integer> {

		@Override
		@SocketIoEvent
		public Integer handle(Integer argument) {
			return argument;
		}

	}

	@SocketIoController
	static class PrivateAndStatic {

		@SocketIoEvent
		private String privateMethod(String text) {
			return "private " + text;
		}

		@SocketIoEvent
		static String staticMethod(String text) {
			return "static " + text;
		}

	}

	@SocketIoController("/proxied")
	static class Proxied {

		private final String name;

		Proxied() {
			this("proxy");
		}

		Proxied(String name) {
			this.name = name;
		}

		@SocketIoEvent
		String packagePrivate(String text) {
			return this.name + " " + text;
		}

		@SocketIoEvent
		protected Mono<String> reactive(String text) {
			return Mono.just(this.name + " " + text);
		}

	}

	interface Greeter {

		String greet(String name, int number);

	}

	@SocketIoController("/jdk")
	static class InterfaceProxied implements Greeter {

		@Override
		@SocketIoEvent
		public String greet(String name, int number) {
			return "hello " + name + " " + number;
		}

	}

	@Lazy
	static class LazyInterfaceProxied extends InterfaceProxied {

	}

	@SocketIoController
	static class BeyondInterface implements Greeter {

		@Override
		public String greet(String name, int number) {
			return name;
		}

		@SocketIoEvent
		void beyond() {
		}

	}

	@SocketIoController
	static class PrivateOnProxy {

		@SocketIoEvent
		private void hidden() {
		}

	}

	@SocketIoController
	static class FinalOnProxy {

		@SocketIoEvent
		final void fixed() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ChangingClass {

		private int count;

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		InterfaceProxied controller() {
			InterfaceProxied target = new InterfaceProxied();
			return (this.count++ % 2 == 0) ? target : (InterfaceProxied) Proxies.proxy(target, true);
		}

	}

	static class Counted {

		static final AtomicInteger instances = new AtomicInteger();

		private final int number = instances.incrementAndGet();

		@SocketIoEvent
		int count() {
			return this.number;
		}

	}

	@Lazy
	@SocketIoController
	static class LazyBean extends Counted {

	}

	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@SocketIoController
	static class Prototype extends Counted {

	}

	@Scope(scopeName = "map", proxyMode = ScopedProxyMode.TARGET_CLASS)
	@SocketIoController
	static class Scoped extends Counted {

		@Override
		@SocketIoEvent
		int count() {
			return super.count();
		}

	}

	static class MapScope implements org.springframework.beans.factory.config.Scope {

		final Map<String, Object> objects = new ConcurrentHashMap<>();

		@Override
		public Object get(String name, ObjectFactory<?> objectFactory) {
			return this.objects.computeIfAbsent(name, (key) -> objectFactory.getObject());
		}

		@Override
		public @Nullable Object remove(String name) {
			return this.objects.remove(name);
		}

		@Override
		public void registerDestructionCallback(String name, Runnable callback) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethods {

		@Bean
		Object controller() {
			return new Made();
		}

	}

	@SocketIoController("/bean")
	static class Made {

		@SocketIoEvent
		String made() {
			return "made";
		}

	}

	static class Log {

		final List<String> entries = new CopyOnWriteArrayList<>();

	}

	@Order(1)
	@SocketIoController
	static class FirstConnect {

		private final Log log;

		FirstConnect(Log log) {
			this.log = log;
		}

		@OnConnect
		void a() {
			this.log.entries.add("first a");
		}

		@Order(1)
		@OnConnect
		Mono<Void> b() {
			this.log.entries.add("first b");
			return Mono.empty();
		}

		@OnConnect
		void c() {
			this.log.entries.add("first c");
		}

		@OnDisconnect
		void left() {
			this.log.entries.add("first left");
		}

	}

	@SocketIoController
	static class LastConnect {

		private final Log log;

		LastConnect(Log log) {
			this.log = log;
		}

		@OnConnect
		void connected() {
			this.log.entries.add("last");
		}

		@OnDisconnect
		void left() {
			this.log.entries.add("last left");
		}

	}

	@SocketIoController
	static class OrderedConnect implements Ordered {

		private final Log log;

		OrderedConnect(Log log) {
			this.log = log;
		}

		@Override
		public int getOrder() {
			return 2;
		}

		@OnConnect
		void connected() {
			this.log.entries.add("ordered");
		}

	}

	@SocketIoController
	static class ReservedName {

		@SocketIoEvent("disconnect")
		void method() {
		}

	}

	@SocketIoController
	static class EmptyName {

		@SocketIoEvent("")
		void method() {
		}

	}

	@SocketIoController
	static class UnknownOnConnect {

		@OnConnect
		void method(SocketIoSocket socket, String what) {
		}

	}

	@SocketIoController
	static class AckOnConnect {

		@OnConnect
		void method(Acknowledgement acknowledgement) {
		}

	}

	@SocketIoController
	static class ArgumentsOnDisconnect {

		@OnDisconnect
		void method(EventArguments arguments) {
		}

	}

	@SocketIoController
	static class ReasonOnEvent {

		@SocketIoEvent
		void method(DisconnectReason reason) {
		}

	}

	@SocketIoController
	static class ReactiveArgument {

		@SocketIoEvent
		void method(Mono<String> text) {
		}

	}

	@SocketIoController
	static class ExchangeArgument {

		@SocketIoEvent
		void method(ServerWebExchange exchange) {
		}

	}

	@SocketIoController
	static class OperatorArgument {

		@SocketIoEvent
		void method(BroadcastOperator operator) {
		}

	}

	@SocketIoController
	static class FutureResult {

		@SocketIoEvent
		Future<String> method() {
			return new FutureTask<>(() -> "x");
		}

	}

	@SocketIoController
	static class CallableResult {

		@SocketIoEvent
		Callable<String> method() {
			return () -> "x";
		}

	}

	@SocketIoController
	static class AsyncMethod {

		@Async
		@SocketIoEvent
		void method() {
		}

	}

	@Async
	@SocketIoController
	static class AsyncClass {

		@SocketIoEvent
		void method() {
		}

	}

}
