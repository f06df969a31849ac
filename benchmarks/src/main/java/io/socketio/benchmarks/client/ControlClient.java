package io.socketio.benchmarks.client;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a server what to do, by events with an acknowledgement in a namespace of its own.
 *
 * @since 0.1.0
 */
public final class ControlClient extends EngineClient {

	private static final String NAMESPACE = "/control";

	private static final long TIMEOUT = 120;

	private static final char CONNECT = '0';

	private static final char ACK = '3';

	private final JsonMapper mapper = new JsonMapper();

	private final CompletableFuture<Void> connected = new CompletableFuture<>();

	private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();

	private int ids;

	/**
	 * Connect to a server.
	 * @param loop the client whose event loop to use
	 */
	public ControlClient(LoadClient loop) {
		super(loop);
		loop.execute(() -> loop.connect(this));
		this.connected.orTimeout(TIMEOUT, TimeUnit.SECONDS).join();
	}

	/**
	 * Call the server and wait for its answer.
	 * @param event what to do
	 * @param args the arguments
	 * @return the answer
	 */
	public JsonNode call(String event, Object... args) {
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		int id = this.ids++;
		this.calls.put(id, answer);
		ByteBuf frame = ClientFrames.text("42" + NAMESPACE + "," + id + data(event, args));
		loop().execute(() -> send(frame));
		return answer.orTimeout(TIMEOUT, TimeUnit.SECONDS).join();
	}

	/**
	 * Tell the server something and wait for no answer. Called on the event loop.
	 * @param event what to do
	 * @param args the arguments
	 */
	public void tell(String event, Object... args) {
		send(ClientFrames.text("42" + NAMESPACE + "," + data(event, args)));
	}

	private String data(String event, Object... args) {
		return this.mapper.writeValueAsString(Stream.concat(Stream.of(event), Arrays.stream(args)).toList());
	}

	@Override
	String connectPacket() {
		return "40" + NAMESPACE + ",";
	}

	@Override
	void packet(ByteBuf in, int start, int end) {
		int data = in.indexOf(start, end, (byte) ',') + 1;
		switch (in.getByte(start)) {
			case CONNECT -> this.connected.complete(null);
			case ACK -> {
				int array = in.indexOf(data, end, (byte) '[');
				@Nullable CompletableFuture<JsonNode> call = this.calls.remove(Integer.parseInt(string(in, data, array)));
				if (call != null) {
					call.complete(this.mapper.readTree(string(in, array, end)).path(0));
				}
			}
			default -> failed(new IllegalStateException("Unexpected packet " + string(in, start, end)));
		}
	}

	@Override
	void failed(Throwable cause) {
		this.connected.completeExceptionally(cause);
		this.calls.values().forEach((call) -> call.completeExceptionally(cause));
		loop().failed(cause);
	}

}
