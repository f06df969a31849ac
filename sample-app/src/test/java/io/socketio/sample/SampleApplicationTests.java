package io.socketio.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.socket.client.Socket;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample on a real port, with the official Java client. Each test has a room of its
 * own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "chat.away-for=1s", "chat.sweep-interval=100ms",
				"chat.rooms=polling,websocket,upgrade,history,other,presence,limits" })
class SampleApplicationTests {

	@LocalServerPort
	private int port;

	@Test
	void thePageIsServed() throws Exception {
		HttpResponse<String> page = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/")).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<title>Harbour chat</title>", "/socket.io/socket.io.min.js");
	}

	@ParameterizedTest
	@CsvSource({ "polling,polling", "websocket,websocket", "upgrade,polling websocket" })
	void twoPeopleChat(String room, String transports) throws Exception {
		try (ChatClient ana = client("Ana", room, transports.split(" "))) {
			assertThat(names(((JSONObject) ana.next("room")).getJSONArray("members"))).containsExactly("Ana");
			assertThat(names(ana.next("presence"))).containsExactly("Ana");
			try (ChatClient ben = client("Ben", room, transports.split(" "))) {
				assertThat(names(((JSONObject) ben.next("room")).getJSONArray("members"))).containsExactly("Ana",
						"Ben");
				assertThat(names(ana.next("presence"))).containsExactly("Ana", "Ben");

				JSONObject receipt = ana.say("1", "hello");
				assertThat(receipt.getString("id")).isEqualTo("1");
				JSONObject message = (JSONObject) ben.next("message");
				assertThat(message.getString("text")).isEqualTo("hello");
				assertThat(message.getString("name")).isEqualTo("Ana");
				assertThat(message.getString("time")).isEqualTo(receipt.getString("time"));

				ben.emit("received", new JSONArray().put("1"));
				assertThat(ana.next("delivered")).isEqualTo("1");

				ana.say("1", "hello");
				ana.say("2", "again");
				assertThat(((JSONObject) ben.next("message")).getString("id")).isEqualTo("2");
			}
			assertThat(names(ana.next("presence"))).containsExactly("Ana");
		}
	}

	@Test
	void whoComesLaterSeesTheHistoryOfTheRoom() throws Exception {
		try (ChatClient ana = client("Ana", "history", "websocket");
				ChatClient ben = client("Ben", "history", "websocket")) {
			ben.next("room");
			ana.say("1", "hello");
			ben.next("message");
			ben.emit("join", "other");
			assertThat(((JSONObject) ben.next("room")).getJSONArray("messages").length()).isZero();
			ben.emit("join", "history");
			JSONObject room = (JSONObject) ben.next("room");
			assertThat(room.getString("room")).isEqualTo("history");
			assertThat(room.getJSONArray("messages").getJSONObject(0).getString("text")).isEqualTo("hello");
		}
	}

	@Test
	void whoIsCutIsAwayAndThenGone() throws Exception {
		try (ChatClient ana = client("Ana", "presence", "websocket")) {
			ana.next("presence");
			try (ChatClient ben = client("Ben", "presence", "websocket")) {
				ben.next("room");
				JSONArray both = (JSONArray) ana.next("presence");
				assertThat(both.getJSONObject(1).getBoolean("away")).isFalse();
				ben.cut();
				JSONArray away = (JSONArray) ana.next("presence");
				assertThat(names(away)).containsExactly("Ana", "Ben");
				assertThat(away.getJSONObject(1).getBoolean("away")).isTrue();
				assertThat(names(ana.next("presence"))).containsExactly("Ana");
			}
		}
	}

	@Test
	void whatDoesNotFitIsRefused() throws Exception {
		try (ChatClient ana = client("Ana", "limits", "websocket")) {
			for (String text : List.of(" ", "x".repeat(1001))) {
				JSONObject refusal = ana.say("1", text);
				assertThat(refusal.getString("status")).isEqualTo("error");
				JSONObject error = refusal.getJSONArray("errors").getJSONObject(0);
				assertThat(error.getString("field")).isEqualTo("text");
				assertThat(error.getString("reason")).isEqualTo("must have 1 to 1000 characters");
			}
			assertThat(ana.say("1", "x".repeat(1000)).getString("id")).isEqualTo("1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "a name of more than 24 characters", "two\nlines" })
	void aNameThatDoesNotFitIsRefused(String name) throws Exception {
		try (ChatClient nobody = client(name, "limits", "websocket")) {
			JSONObject error = (JSONObject) nobody.next(Socket.EVENT_CONNECT_ERROR);
			assertThat(error.getString("message")).isEqualTo("A name has 1 to 24 characters.");
		}
	}

	private ChatClient client(String name, String room, String... transports) {
		return new ChatClient(this.port, name, room, transports);
	}

	private static List<String> names(Object members) throws JSONException {
		List<String> names = new ArrayList<>();
		JSONArray array = (JSONArray) members;
		for (int i = 0; i < array.length(); i++) {
			names.add(array.getJSONObject(i).getString("name"));
		}
		return names;
	}

}
