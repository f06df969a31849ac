package io.socketio.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.ParameterizedTypeReference;

import io.socketio.server.SocketIoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TestSocket}, and for what it says when something is not as expected.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
class TestSocketTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	@Autowired
	private SocketIoTester tester;

	@Autowired
	private SocketIoServer server;

	private final List<String> departed = new CopyOnWriteArrayList<>();

	private TestSocket socket;

	@BeforeEach
	void connect() {
		this.server.onConnection((peer) -> peer.onDisconnect((reason) -> this.departed.add(peer.id())));
		this.socket = this.tester.connect();
	}

	@AfterEach
	void close() {
		this.socket.timeout(SocketIoTester.DEFAULT_TIMEOUT).close();
	}

	@Test
	void acknowledgementHasAllArguments() {
		TestArguments answer = this.socket.emitWithAck("echo", "a", 1, null, Map.of("b", List.of(true)));
		assertThat(answer.size()).isEqualTo(4);
		assertThat(answer.toList()).isEqualTo(Arrays.asList("a", 1, null, Map.of("b", List.of(true))));
		assertThat(answer.get(1, Long.class)).isEqualTo(1L);
		assertThat(answer.get(3, new ParameterizedTypeReference<Map<String, List<Boolean>>>() {
		})).isEqualTo(Map.of("b", List.of(true)));
		assertThat(answer.get(4)).isNull();
		assertThat(answer.as(String.class)).isEqualTo("a");
		assertThat(answer).hasToString("[\"a\", 1, null, {\"b\":[true]}]");
	}

	@Test
	void binaryTravelsBothWays() {
		byte[] bytes = { 1, 2, 3 };
		TestArguments answer = this.socket.emitWithAck("echo", Map.of("file", bytes), bytes);
		assertThat(answer.get(1, byte[].class)).isEqualTo(bytes);
		assertThat(answer.as(File.class).file()).isEqualTo(bytes);
	}

	@Test
	void eventIsTakenByItsName() {
		this.socket.emit("emit", "first", List.of(1));
		this.socket.emit("emit", "second", List.of(2));
		this.socket.emit("emit", "first", List.of(3));
		assertThat(this.socket.expect("second", Integer.class)).isEqualTo(2);
		assertThat(this.socket.expect("first", Integer.class)).isEqualTo(1);
		assertThat(this.socket.expect("first").toList()).containsExactly(3);
	}

	@Test
	void eventIsConvertedToAGenericType() {
		this.socket.emit("emit", "names", List.of(List.of("Ana", "Ben")));
		assertThat(this.socket.expect("names", new ParameterizedTypeReference<List<String>>() {
		})).containsExactly("Ana", "Ben");
	}

	@Test
	void eventsAreTakenInTheirOrder() {
		this.socket.emit("emit", "first", List.of());
		this.socket.emit("emit", "second", List.of());
		assertThat(this.socket.next().name()).isEqualTo("first");
		assertThat(this.socket.next().name()).isEqualTo("second");
	}

	@Test
	void roundTripBringsWhatWasEmittedBefore() {
		for (int i = 0; i < 100; i++) {
			this.server.to(this.socket.id()).emit("news", i);
		}
		assertThat(this.socket.drain()).extracting((event) -> event.get(0, Integer.class))
			.containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
		assertThat(this.socket.drain()).isEmpty();
		this.socket.expectNoEvent();
	}

	@Test
	void unexpectedEventIsFoundWithoutWaiting() {
		this.server.to(this.socket.id()).emit("news", Map.of("id", 1));
		this.socket.expectNoEvent("other");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expectNoEvent())
			.withMessage("Unexpected event on namespace '/'. Events to be taken: 'news'[{\"id\":1}]");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expectNoEvent("news"))
			.withMessageStartingWith("Unexpected event 'news' on namespace '/'");
		this.socket.expect("news");
		this.socket.expectNoEvent();
	}

	@Test
	void serverIsAnswered() throws Exception {
		CompletableFuture<String> answer = CompletableFuture
			.supplyAsync(() -> this.socket.emitWithAck("ask", "How?").as(String.class));
		TestEvent question = this.socket.expect("question");
		assertThat(question.as(String.class)).isEqualTo("How?");
		assertThat(question.wantsAcknowledgement()).isTrue();
		question.acknowledge("Well");
		assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("You said Well");
	}

	@Test
	void answerThatIsNotWantedIsRefused() {
		this.socket.emit("emit", "news", List.of());
		TestEvent event = this.socket.expect("news");
		assertThat(event.wantsAcknowledgement()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> event.acknowledge("yes"))
			.withMessage("The server wants no acknowledgement of event 'news'");
	}

	@Test
	void missingEventSaysWhatArrived() {
		this.server.to(this.socket.id()).emit("other", "a", Map.of("b", 2));
		this.server.to(this.socket.id()).emit("another");
		this.socket.roundTrip();
		this.socket.timeout(SHORT);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expect("news"))
			.withMessage("No event 'news' on namespace '/' within 100 ms. "
					+ "Events to be taken: 'other'[\"a\", {\"b\":2}], 'another'[]");
	}

	@Test
	void missingEventSaysThatNothingArrived() {
		this.socket.timeout(SHORT);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expect("news"))
			.withMessage("No event 'news' on namespace '/' within 100 ms. No event is there to be taken.");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.next())
			.withMessage("No event on namespace '/' within 100 ms. No event is there to be taken.");
	}

	@Test
	void longArgumentsAreCut() {
		this.server.to(this.socket.id()).emit("long", "x".repeat(5000));
		this.socket.roundTrip();
		this.socket.timeout(SHORT);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expect("news"))
			.withMessageContaining("'long'[\"xxx")
			.withMessageEndingWith("xxx… (5004 characters)")
			.satisfies((error) -> assertThat(error.getMessage()).hasSizeLessThan(500));
	}

	@Test
	void missingAcknowledgementNamesTheEvent() {
		this.socket.timeout(SHORT);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.emitWithAck("ignore"))
			.withMessage("No acknowledgement of event 'ignore' on namespace '/' within 100 ms. "
					+ "No event is there to be taken.");
	}

	@Test
	void argumentOfAnotherTypeSaysWhatItIs() {
		this.socket.emit("emit", "news", List.of("many"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expect("news", Integer.class))
			.withMessageStartingWith("Argument 0 of event 'news'[\"many\"] cannot be converted to java.lang.Integer: ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.socket.emitWithAck("echo", "many").get(0, Integer.class))
			.withMessageStartingWith(
					"Argument 0 of acknowledgement[\"many\"] cannot be converted to java.lang.Integer");
	}

	@Test
	void missingArgumentSaysWhatIsThere() {
		this.socket.emit("emit", "news", List.of());
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expect("news", String.class))
			.withMessage("A java.lang.String is missing as first argument of event 'news'[]");
	}

	@Test
	void timeoutMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.timeout(Duration.ofSeconds(-1)))
			.withMessage("The timeout must be positive: PT-1S");
	}

	@Test
	void reservedNamesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.socket.emit("disconnect"))
			.withMessage("Event name 'disconnect' is reserved");
	}

	@Test
	void disconnectByTheServerIsExpected() {
		this.socket.emit("kick");
		assertThat(this.socket.expectDisconnect()).isEqualTo("io server disconnect");
		assertThat(this.socket.connected()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> this.socket.emit("echo"))
			.withMessage("The socket on namespace '/' is not connected (io server disconnect)");
	}

	@Test
	void disconnectThatDoesNotComeFails() {
		this.socket.timeout(SHORT);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expectDisconnect())
			.withMessageStartingWith("No disconnect on namespace '/' within 100 ms.");
	}

	@Test
	void waitingEndsWithTheConnection() {
		this.socket.emit("hangUp");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expect("news"))
			.withMessage("No event 'news' on namespace '/': the connection ended (io server disconnect). "
					+ "No event is there to be taken.");
		this.socket.roundTrip();
		this.socket.expectNoEvent();
	}

	@Test
	void eventsCanBeTakenAfterTheEnd() {
		this.socket.emit("emit", "news", List.of(1));
		this.socket.emit("kick");
		this.socket.expectDisconnect();
		assertThat(this.socket.expect("news", Integer.class)).isEqualTo(1);
	}

	@Test
	void closedSocketIsKnownToHaveLeft() {
		this.server.to(this.socket.id()).emit("hello");
		this.socket.close();
		assertThat(this.departed).containsExactly(this.socket.id());
		assertThat(this.socket.connected()).isFalse();
		assertThat(this.socket.drain()).extracting(TestEvent::name).containsExactly("hello");
		this.socket.close();
	}

	@Test
	void interruptedThreadStopsWaiting() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.socket.expect("news"))
			.withMessageContaining("the thread was interrupted");
		assertThat(Thread.interrupted()).isTrue();
	}

	record File(byte[] file) {

	}

}
