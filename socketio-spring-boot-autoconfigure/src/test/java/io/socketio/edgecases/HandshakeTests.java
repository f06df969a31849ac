package io.socketio.edgecases;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.socketio.engine.TransportType;
import io.socketio.testing.PollingClient;
import io.socketio.testing.RawResponse;
import io.socketio.testing.RawWebSocket;
import io.socketio.testing.TestOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Edge cases of the protocol: how a session is opened (cases 25 to 29 and 33 to 35).
 */
class HandshakeTests extends EngineCases {

	private static final JsonMapper JSON = new JsonMapper();

	private static JsonNode json(String packet) {
		assertThat(packet).startsWith("0");
		return JSON.readTree(packet.substring(1));
	}

	@Test
	@DisplayName("25. polling handshake -> 200, text/plain, open packet with exactly five keys in order")
	void case025_pollingHandshake() {
		start(TestOptions.defaults());
		RawResponse response = get(POLLING);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Content-Type")).isEqualToIgnoringWhitespace("text/plain; charset=UTF-8");
		assertThat(response.text()).matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
	}

	@Test
	@DisplayName("25. two handshakes -> two ids, neither derived from the other")
	void case025_idsDiffer() {
		start(TestOptions.defaults());
		String first = openPolling().sid();
		String second = openPolling().sid();
		assertThat(second.substring(0, 10)).isNotEqualTo(first.substring(0, 10));
		assertThat(second.substring(10)).isNotEqualTo(first.substring(10));
	}

	@Test
	@DisplayName("26. WebSocket handshake -> first frame is the open packet, without upgrades")
	void case026_webSocketHandshake() {
		start(TestOptions.defaults());
		assertThat(webSocket(WEBSOCKET).text()).matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[],"
				+ "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
	}

	@Test
	@DisplayName("27. upgrades not allowed -> none advertised")
	void case027_upgradesNotAllowed() {
		start(TestOptions.defaults().allowUpgrades(false));
		assertThat(json(get(POLLING).text()).get("upgrades")).isEmpty();
	}

	@Test
	@DisplayName("27. polling alone -> no upgrades advertised")
	void case027_pollingAlone() {
		start(TestOptions.defaults().transports(TransportType.POLLING));
		assertThat(json(get(POLLING).text()).get("upgrades")).isEmpty();
	}

	@Test
	@DisplayName("28. own heartbeat and payload limit -> appear in the open packet of polling")
	void case028_settingsOnPolling() {
		start(TestOptions.heartbeat(1234, 567).maxPayload(8910));
		assertSettings(get(POLLING).text());
	}

	@Test
	@DisplayName("28. own heartbeat and payload limit -> appear in the open packet of WebSocket")
	void case028_settingsOnWebSocket() {
		start(TestOptions.heartbeat(1234, 567).maxPayload(8910));
		assertSettings(webSocket(WEBSOCKET).text());
	}

	private void assertSettings(String packet) {
		JsonNode settings = json(packet);
		assertThat(settings.get("pingInterval").intValue()).isEqualTo(1234);
		assertThat(settings.get("pingTimeout").intValue()).isEqualTo(567);
		assertThat(settings.get("maxPayload").intValue()).isEqualTo(8910);
	}

	@Test
	@DisplayName("29. initial packet -> second packet of the polling handshake")
	void case029_initialPacketOnPolling() {
		start(TestOptions.defaults().initialPacket("faster!"));
		String[] packets = get(POLLING).text().split("\u001e", -1);
		assertThat(packets).hasSize(2);
		assertThat(json(packets[0]).size()).isEqualTo(5);
		assertThat(packets[1]).isEqualTo("4faster!");
	}

	@Test
	@DisplayName("29. initial packet -> second frame on WebSocket")
	void case029_initialPacketOnWebSocket() {
		start(TestOptions.defaults().initialPacket("faster!"));
		assertThat(openWebSocket().text()).isEqualTo("4faster!");
	}

	@Test
	@DisplayName("33. upgrade attempt although upgrades are not advertised -> works, as in the reference")
	void case033_upgradeThatWasNotAdvertised() {
		start(TestOptions.defaults().allowUpgrades(false));
		RawWebSocket webSocket = upgraded(openPolling());
		assertThat(webSocket.send("4over").text()).isEqualTo("4over");
	}

	@Test
	@DisplayName("34. WebSocket alone and a polling GET -> code 0")
	void case034_pollingIsNotEnabled() {
		start(TestOptions.defaults().transports(TransportType.WEBSOCKET));
		assertError(get(POLLING), 400, 0, "Transport unknown");
		assertThat(openWebSocket().send("4hello").text()).isEqualTo("4hello");
	}

	@Test
	@DisplayName("34. polling alone and a WebSocket handshake -> code 0 as JSON, as to any plain request")
	void case034_webSocketIsNotEnabled() {
		start(TestOptions.defaults().transports(TransportType.POLLING));
		assertError(RawWebSocket.refused(port(), WEBSOCKET), 400, 0, "Transport unknown");
	}

	@Test
	@DisplayName("34. polling alone and the upgrade of a session -> code 0, session survives")
	void case034_upgradeIsNotEnabled() {
		start(TestOptions.defaults().transports(TransportType.POLLING));
		PollingClient client = openPolling();
		assertError(RawWebSocket.refused(port(), client.upgradeTarget()), 400, 0, "Transport unknown");
		assertOpen(client);
	}

	@Test
	@DisplayName("35. client offers subprotocols foo, bar -> foo is selected")
	void case035_firstSubprotocol() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = webSocket(WEBSOCKET, "Sec-WebSocket-Protocol: foo, bar");
		assertThat(webSocket.text()).startsWith("0{");
		assertThat(webSocket.handshake().header("Sec-WebSocket-Protocol")).isEqualTo("foo");
	}

	@Test
	@DisplayName("35. client offers no subprotocol -> none is selected")
	void case035_noSubprotocol() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = openWebSocket();
		assertThat(webSocket.handshake().header("Sec-WebSocket-Protocol")).isNull();
	}

	@Test
	@DisplayName("35. client offers subprotocols in two headers -> the first one is selected")
	void case035_subprotocolsInTwoHeaders() {
		start(TestOptions.defaults());
		RawWebSocket webSocket = webSocket(WEBSOCKET, "Sec-WebSocket-Protocol: foo", "Sec-WebSocket-Protocol: bar");
		assertThat(webSocket.text()).startsWith("0{");
		assertThat(webSocket.handshake().header("Sec-WebSocket-Protocol")).isEqualTo("foo");
	}

	@Test
	@DisplayName("35. upgrade of a session that offers a subprotocol -> it is selected")
	void case035_subprotocolOfAnUpgrade() {
		start(TestOptions.defaults());
		RawWebSocket candidate = webSocket(openPolling().upgradeTarget(), "Sec-WebSocket-Protocol: foo");
		assertThat(candidate.send("2probe").text()).isEqualTo("3probe");
		assertThat(candidate.handshake().header("Sec-WebSocket-Protocol")).isEqualTo("foo");
	}

}
