package io.socketio.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole sample on a real port, with the official Java client over all transports.
 * Each test has a room of its own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "chat.rooms=polling,websocket,upgrade" })
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
