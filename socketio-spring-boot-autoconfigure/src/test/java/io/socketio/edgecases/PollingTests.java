package io.socketio.edgecases;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.socketio.engine.CloseReason;
import io.socketio.protocol.EnginePacket;
import io.socketio.testing.Await;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawHttp;
import io.socketio.testing.RawResponse;
import io.socketio.testing.TestEngine;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: HTTP long-polling (cases 36 to 61 and 66 to 68).
 */
class PollingTests extends EngineCases {

	private PollingClient open(TestOptions options) {
		start(options);
		return openPolling();
	}

	private PollingClient open() {
		return open(TestOptions.defaults());
	}

	@Test
	@DisplayName("36. push 4hello -> 200 ok as text/html")
	void case036_push() {
		RawResponse response = open().push("4hello");
		assertOk(response);
		assertThat(response.header("Content-Type")).isEqualTo("text/html");
		assertThat(response.header("Content-Length")).isEqualTo("2");
	}

	@Test
	@DisplayName("36. poll after push -> 4hello as text/plain")
	void case036_poll() {
		PollingClient client = open();
		client.push("4hello");
		RawResponse response = client.poll();
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).isEqualTo("4hello");
		assertThat(response.header("Content-Type")).isEqualToIgnoringWhitespace("text/plain; charset=UTF-8");
		assertThat(response.header("Content-Length")).isEqualTo("6");
	}

	@Test
	@DisplayName("36. push while a poll is pending -> both are answered")
	void case036_pushWhilePolling() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertOk(client.push("4hello"));
		assertThat(poll.read().text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("37. push of three packets -> three messages in order")
	void case037_threePackets() {
		PollingClient client = open();
		assertOk(client.push("4a\u001e4b\u001e4c"));
		assertThat(received()).containsExactly("a", "b", "c");
		assertThat(client.poll().text()).isEqualTo("4a\u001e4b\u001e4c");
	}

	@Test
	@DisplayName("38. push of text and binary -> text, then four bytes; poll gives an identical body")
	void case038_textAndBinary() {
		PollingClient client = open();
		assertOk(client.push("4hello\u001ebAQIDBA=="));
		assertThat(this.engine.received).containsExactly(EnginePacket.message("hello"),
				EnginePacket.binary(new byte[] { 1, 2, 3, 4 }));
		assertThat(client.poll().text()).isEqualTo("4hello\u001ebAQIDBA==");
	}

	@Test
	@DisplayName("39. push 4 -> message without data")
	void case039_messageWithoutData() {
		PollingClient client = open();
		assertOk(client.push("4"));
		assertThat(client.poll().text()).isEqualTo("4");
		assertThat(received()).containsExactly("");
	}

	@Test
	@DisplayName("40. push of an empty body -> session closed by a parse error, pending poll 1")
	void case040_emptyBody() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertEmpty(client.push(""), 400);
		assertThat(poll.read().text()).isEqualTo("1");
		awaitClosed(CloseReason.PARSE_ERROR);
	}

	@Test
	@DisplayName("41. push 4a and a separator -> a delivered, then parse error")
	void case041_separatorAtTheEnd() {
		assertEmpty(open().push("4a\u001e"), 400);
		assertThat(received()).containsExactly("a");
		awaitClosed(CloseReason.PARSE_ERROR);
	}

	@Test
	@DisplayName("42. push 4a, abc, 4b -> a delivered, b not")
	void case042_badPacketInTheMiddle() {
		assertEmpty(open().push("4a\u001eabc\u001e4b"), 400);
		awaitClosed(CloseReason.PARSE_ERROR);
		assertThat(received()).containsExactly("a");
	}

	@Test
	@DisplayName("42. push 4a, nothing, 4b -> a delivered, b not")
	void case042_emptyPacketInTheMiddle() {
		assertEmpty(open().push("4a\u001e\u001e4b"), 400);
		awaitClosed(CloseReason.PARSE_ERROR);
		assertThat(received()).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "7", "\u001e", "B", " 4", "\u00e4" })
	@DisplayName("43. push of what is no packet -> closed, poll afterwards code 1")
	void case043_noPacket(String body) {
		PollingClient client = open();
		assertEmpty(client.push(body), 400);
		assertGone(client);
		awaitClosed(CloseReason.PARSE_ERROR);
	}

	@Test
	@DisplayName("44. push b!!! -> binary message of length 0, session open")
	void case044_noBase64() {
		PollingClient client = open();
		assertOk(client.push("b!!!"));
		assertThat(this.engine.received).containsExactly(EnginePacket.binary(new byte[0]));
		assertThat(client.poll().text()).isEqualTo("b");
		assertOpen(client);
	}

	@Test
	@DisplayName("45. push 2 -> ok, pending poll 1, closed by a transport error")
	void case045_pingByTheClient() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertOk(client.push("2"));
		assertThat(poll.read().text()).isEqualTo("1");
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertGone(client);
	}

	@Test
	@DisplayName("46. push 3 unsolicited -> ignored, next ping one interval later")
	void case046_unsolicitedPong() {
		PollingClient client = open(TestOptions.heartbeat(600, 5000));
		long opened = System.nanoTime();
		RawHttp poll = pendingPoll(client);
		Await.elapsed(opened, 200);
		long pong = System.nanoTime();
		assertOk(client.push("3"));
		assertThat(poll.read().text()).isEqualTo("2");
		assertThat(Await.millisSince(pong)).isGreaterThanOrEqualTo(600 - TICK);
		client.push("3");
		assertOpen(client);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "5", "6", "0{}", "6noop", "5\u001e6\u001e0" })
	@DisplayName("47. push of open, upgrade or noop -> ok, ignored, poll stays pending")
	void case047_ignoredPackets(String body) {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertOk(client.push(body));
		assertOk(client.push("4next"));
		assertThat(poll.read().text()).isEqualTo("4next");
		assertThat(received()).containsExactly("next");
	}

	@Test
	@DisplayName("48. push 1 with a pending poll -> push ok, poll 6, then code 1")
	void case048_closeWhilePolling() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertOk(client.push("1"));
		assertThat(poll.read().text()).isEqualTo("6");
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
		assertGone(client);
	}

	@Test
	@DisplayName("49. push 1 without a pending poll -> ok, next poll code 1")
	void case049_closeWithoutPoll() {
		PollingClient client = open();
		assertOk(client.push("1"));
		assertGone(client);
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
	}

	@Test
	@DisplayName("50. push 4x, 1, 4y -> x delivered, y not")
	void case050_messageBehindClose() {
		assertOk(open().push("4x\u001e1\u001e4y"));
		awaitClosed(CloseReason.TRANSPORT_CLOSE);
		assertThat(received()).containsExactly("x");
	}

	@Test
	@DisplayName("51. two polls at once -> first 1, second 400 without body, session gone")
	void case051_twoPollsAtOnce() {
		PollingClient client = open();
		RawHttp first = pendingPoll(client);
		assertEmpty(client.poll(), 400);
		RawResponse answer = first.read();
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text()).isEqualTo("1");
		assertGone(client);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
	}

	@Test
	@DisplayName("52. two pushes at once -> second 400 without body, session gone")
	void case052_secondPush() {
		PollingClient client = open();
		startPush(client, 100, "4hel");
		assertEmpty(client.push("4hello"), 400);
		assertGone(client);
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertThat(received()).isEmpty();
	}

	@Test
	@DisplayName("52. two pushes at once -> first is answered 400 at once and its connection ended")
	void case052_firstPush() {
		PollingClient client = open();
		RawHttp first = startPush(client, 100, "4hel");
		assertEmpty(client.push("4hello"), 400);
		assertEmpty(first.read(), 400);
		assertThat(first.readToEnd()).isEmpty();
	}

	@Test
	@DisplayName("52. two pushes at once -> pending poll 1")
	void case052_pendingPoll() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		startPush(client, 100, "4hel");
		assertEmpty(client.push("4hello"), 400);
		assertThat(poll.read().text()).isEqualTo("1");
	}

	@Test
	@DisplayName("53. push of application/octet-stream -> 400 without body, pending poll 1, session gone")
	void case053_octetStream() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertEmpty(client.push("4hello", "Content-Type: application/octet-stream"), 400);
		assertThat(poll.read().text()).isEqualTo("1");
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertGone(client);
		assertThat(received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain;charset=UTF-8", "application/json", "nonsense", "",
			"application/octet-stream; charset=x" })
	@DisplayName("53. push of any other content type -> taken as text")
	void case053_otherContentTypes(String contentType) {
		PollingClient client = open();
		assertOk(client.push("4hello", "Content-Type: " + contentType));
		assertThat(received()).containsExactly("hello");
	}

	@Test
	@DisplayName("54. push of exactly the limit -> ok")
	void case054_bodyOfTheLimit() {
		PollingClient client = open(TestOptions.defaults().maxPayload(1000));
		assertOk(client.push("4" + "x".repeat(999)));
		assertThat(client.poll().text()).hasSize(1000);
	}

	@Test
	@DisplayName("54. push of one byte more -> 413 without body, session and pending poll unaffected")
	void case054_bodyOverTheLimit() {
		PollingClient client = open(TestOptions.defaults().maxPayload(1000));
		RawHttp poll = pendingPoll(client);
		assertEmpty(client.push("4" + "x".repeat(1000)), 413);
		assertOk(client.push("4hello"));
		assertThat(poll.read().text()).isEqualTo("4hello");
		assertThat(received()).containsExactly("hello");
		assertOpen(client);
	}

	@Test
	@DisplayName("54. chunked push over the limit -> 413")
	void case054_chunkedBodyOverTheLimit() {
		PollingClient client = open(TestOptions.defaults().maxPayload(1000));
		RawHttp push = startChunkedPush(client);
		push.sendChunk(bytes("4" + "x".repeat(600))).sendChunk(bytes("x".repeat(600))).sendChunk(new byte[0]);
		assertEmpty(push.read(), 413);
		assertOpen(client);
	}

	@Test
	@DisplayName("55. limit of 10 bytes -> three euro signs are taken")
	void case055_limitInBytesReached() {
		PollingClient client = open(TestOptions.defaults().maxPayload(10));
		assertOk(client.push("4€€€"));
		assertThat(received()).containsExactly("€€€");
	}

	@Test
	@DisplayName("55. limit of 10 bytes -> four euro signs get 413")
	void case055_limitInBytesExceeded() {
		assertEmpty(open(TestOptions.defaults().maxPayload(10)).push("4€€€€"), 413);
	}

	@Test
	@DisplayName("56. push with chunked transfer coding -> ok")
	void case056_chunkedPush() {
		PollingClient client = open();
		RawHttp push = startChunkedPush(client);
		push.sendChunk(bytes("4hel")).sendChunk(bytes("lo\u001e4wor")).sendChunk(bytes("ld")).sendChunk(new byte[0]);
		assertOk(push.read());
		assertThat(received()).containsExactly("hello", "world");
	}

	@Test
	@DisplayName("57. push of 1 MB in many pieces -> one message")
	void case057_bodyInPieces() {
		PollingClient client = open(TestOptions.defaults().maxPayload(2_000_000));
		String text = "0123456789abcdef".repeat(65536);
		RawHttp push = startPush(client, text.length() + 1, "4");
		for (int i = 0; i < text.length(); i += 8192) {
			push.write(text.substring(i, i + 8192));
		}
		assertOk(push.read());
		assertThat(received()).containsExactly(text);
		assertThat(client.poll().text()).isEqualTo("4" + text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD" })
	@DisplayName("58. other method with sid -> 500 without body, session open, pending poll unaffected")
	void case058_otherMethod(String method) {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		assertEmpty(exchange(method, client.target()), 500);
		assertOk(client.push("4hello"));
		assertThat(poll.read().text()).isEqualTo("4hello");
		assertOpen(client);
	}

	@Test
	@DisplayName("59. client resets the connection of a pending poll -> closed, next poll code 1")
	void case059_pollIsReset() {
		PollingClient client = open();
		pendingPoll(client).abort();
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertGone(client);
	}

	@Test
	@DisplayName("59. client closes the connection of a pending poll -> closed, next poll code 1")
	void case059_pollIsClosed() {
		PollingClient client = open();
		pendingPoll(client).close();
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertGone(client);
	}

	@Test
	@DisplayName("60. client resets the connection of a push -> closed, pending poll 1, next poll code 1")
	void case060_pushIsReset() {
		PollingClient client = open();
		RawHttp poll = pendingPoll(client);
		startPush(client, 100, "4hel").abort();
		assertThat(poll.read().text()).isEqualTo("1");
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertGone(client);
		assertThat(received()).isEmpty();
	}

	@Test
	@DisplayName("60. client closes the connection of a push -> closed, next poll code 1")
	void case060_pushIsClosed() {
		PollingClient client = open();
		startPush(client, 100, "4hel").close();
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertGone(client);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("60. client ends the connection of a push -> no error in the log")
	@ExtendWith(OutputCaptureExtension.class)
	void case060_nothingInTheLog(boolean reset, CapturedOutput output) {
		PollingClient client = open();
		RawHttp push = startPush(client, 100, "4hel");
		if (reset) {
			push.abort();
		}
		else {
			push.close();
		}
		awaitClosed(CloseReason.TRANSPORT_ERROR);
		assertGone(client);
		this.engine.close(); // after which nothing is logged any more
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	@DisplayName("61. handshake, push and poll -> cache-control: no-store")
	void case061_noStore() {
		PollingClient client = open();
		assertThat(client.handshake().header("Cache-Control")).isEqualTo("no-store");
		assertThat(client.push("4hello").header("Cache-Control")).isEqualTo("no-store");
		assertThat(client.poll().header("Cache-Control")).isEqualTo("no-store");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Mozilla/4.0 (compatible;MSIE 8.0; Windows NT 6.1)",
			"Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko" })
	@DisplayName("61. Internet Explorer -> X-XSS-Protection: 0")
	void case061_internetExplorer(String userAgent) {
		start(TestOptions.defaults());
		String header = "User-Agent: " + userAgent;
		PollingClient client = PollingClient.open(port(), header);
		assertThat(client.handshake().header("X-XSS-Protection")).isEqualTo("0");
		assertThat(client.push("4hello", header).header("X-XSS-Protection")).isEqualTo("0");
		assertThat(client.poll(header).header("X-XSS-Protection")).isEqualTo("0");
	}

	@Test
	@DisplayName("61. other browsers -> no X-XSS-Protection")
	void case061_otherBrowsers() {
		start(TestOptions.defaults());
		assertThat(get(POLLING, "User-Agent: Mozilla/5.0").header("X-XSS-Protection")).isNull();
	}

	@Test
	@DisplayName("66. server sends before any poll -> all of it in one body, in order")
	void case066_sentBeforeAnyPoll() {
		start(TestEngine.with(TestOptions.defaults().build()).opened((session) -> {
			send(session, "a");
			send(session, "b");
			send(session, "c");
		}));
		assertThat(openPolling().poll().text()).isEqualTo("4a\u001e4b\u001e4c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "utf8 — string", "测试", "🦄🏴‍☠️", "\u0000\u0001\u2028\u2029", "é̂" })
	@DisplayName("67. text of several bytes per character -> round trip")
	void case067_multiByteText(String text) {
		PollingClient client = open();
		assertOk(client.push("4" + text));
		assertThat(client.poll().text()).isEqualTo("4" + text);
		assertThat(received()).containsExactly(text);
	}

	@Test
	@DisplayName("67. text cut between the bytes of a character -> one message")
	void case067_cutCharacter() {
		PollingClient client = open();
		byte[] body = bytes("4测试");
		RawHttp push = startPush(client, body.length, "");
		for (byte part : body) {
			push.write(new byte[] { part });
		}
		assertOk(push.read());
		assertThat(received()).containsExactly("测试");
	}

	@Test
	@DisplayName("68. Connection: close on each request -> session stays open")
	void case068_connectionClose() {
		start(TestOptions.defaults());
		String close = "Connection: close";
		PollingClient client = PollingClient.open(port(), close);
		for (String text : List.of("4a", "4b", "4c")) {
			assertOk(client.push(text, close));
			assertThat(client.poll(close).text()).isEqualTo(text);
		}
		assertOpen(client);
	}

	@Test
	@DisplayName("68. all requests of a session on one connection -> they work")
	void case068_oneConnection() {
		PollingClient client = open();
		RawHttp http = closedLater(RawHttp.connect(port()));
		for (String text : List.of("4a", "4b", "4c")) {
			assertOk(http.send("POST", client.target(), bytes(text)).read());
			assertThat(http.send("GET", client.target(), new byte[0]).read().text()).isEqualTo(text);
		}
	}

	private RawHttp startChunkedPush(PollingClient client) {
		return closedLater(RawHttp.connect(port())).sendHead("POST", client.target(), "Transfer-Encoding: chunked");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
