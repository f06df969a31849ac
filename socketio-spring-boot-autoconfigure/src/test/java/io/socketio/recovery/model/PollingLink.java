package io.socketio.recovery.model;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Long-polling, and if wanted the upgrade to WebSocket as soon as it is open.
 */
final class PollingLink implements Link {

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int port;

	private final boolean upgrade;

	private final Listener listener;

	private final Queue<String> unsent = new ArrayDeque<>();

	private String sid;

	private CompletableFuture<HttpResponse<String>> poll;

	private boolean pushing;

	private boolean paused;

	/**
	 * Nothing is sent or read any more.
	 */
	private boolean ended;

	/**
	 * What is queued and the close are still sent.
	 */
	private boolean closing;

	private WebSocketLink candidate;

	/**
	 * The server has answered the probe: no poll is sent any more.
	 */
	private boolean probed;

	private boolean upgraded;

	private PollingLink(int port, boolean upgrade, Listener listener) {
		this.port = port;
		this.upgrade = upgrade;
		this.listener = listener;
	}

	static PollingLink open(int port, boolean upgrade, Listener listener) {
		PollingLink link = new PollingLink(port, upgrade, listener);
		link.poll();
		return link;
	}

	private HttpRequest.Builder request() {
		String session = (this.sid != null) ? "&sid=" + this.sid : "";
		return HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/socket.io/?EIO=4&transport=polling" + session));
	}

	private synchronized void poll() {
		if (this.ended || this.paused || this.probed || this.poll != null) {
			return;
		}
		CompletableFuture<HttpResponse<String>> future = HTTP.sendAsync(request().GET().build(),
				BodyHandlers.ofString());
		this.poll = future;
		future.whenCompleteAsync(this::polled);
	}

	// One poll at a time, so this is called by one thread at a time
	private void polled(HttpResponse<String> response, Throwable ex) {
		synchronized (this) {
			if (this.ended) {
				return;
			}
		}
		if (response == null || response.statusCode() != 200) {
			fail("poll: " + describe(response, ex));
			return;
		}
		for (String packet : response.body().split("\u001e", -1)) {
			receive(packet);
		}
		synchronized (this) {
			this.poll = null;
			if (this.probed) {
				finishUpgrade();
				return;
			}
		}
		poll();
	}

	private void receive(String packet) {
		switch (packet.charAt(0)) {
			case '0' -> {
				this.sid = packet.substring(packet.indexOf(":\"") + 2, packet.indexOf("\","));
				this.listener.onText(packet);
				if (this.upgrade) {
					startUpgrade();
				}
			}
			case '1' -> fail("close packet");
			case '2' -> send("3");
			case '4' -> this.listener.onText(packet);
			case 'b' -> this.listener.onBinary(Base64.getDecoder().decode(packet.substring(1)));
			default -> {
			}
		}
	}

	private void fail(String description) {
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
		}
		if (this.candidate != null) {
			this.candidate.reset();
		}
		this.listener.onClosed(description);
	}

	private static String describe(HttpResponse<String> response, Throwable ex) {
		return (response != null) ? response.statusCode() + " " + response.body() : String.valueOf(ex);
	}

	@Override
	public synchronized void send(String packet) {
		if (this.upgraded) {
			this.candidate.send(packet);
			return;
		}
		this.unsent.add(packet);
		push();
	}

	private synchronized void push() {
		if (this.pushing || this.unsent.isEmpty() || this.ended && !this.closing) {
			return;
		}
		this.pushing = true;
		String payload = String.join("\u001e", this.unsent);
		this.unsent.clear();
		HTTP.sendAsync(request().POST(HttpRequest.BodyPublishers.ofString(payload)).build(), BodyHandlers.ofString())
			.whenCompleteAsync((response, ex) -> {
				synchronized (this) {
					this.pushing = false;
				}
				if (response == null || response.statusCode() != 200) {
					fail("push: " + describe(response, ex));
					return;
				}
				synchronized (this) {
					if (this.probed) {
						finishUpgrade();
						return;
					}
				}
				push();
			});
	}

	// Upgrade

	private synchronized void startUpgrade() {
		if (this.ended) {
			return;
		}
		this.candidate = WebSocketLink.candidate(this.port, this.sid, this::sendProbe, new Listener() {

			@Override
			public void onText(String packet) {
				if ("3probe".equals(packet)) {
					probed();
				}
				else {
					PollingLink.this.listener.onText(packet);
				}
			}

			@Override
			public void onBinary(byte[] data) {
				PollingLink.this.listener.onBinary(data);
			}

			@Override
			public void onClosed(String description) {
				if (PollingLink.this.upgraded) {
					fail(description);
				}
				else {
					fallBack();
				}
			}

		});
	}

	private synchronized void sendProbe() {
		this.candidate.send("2probe");
	}

	private synchronized void probed() {
		this.probed = true;
		finishUpgrade();
	}

	private synchronized void fallBack() {
		this.probed = false;
		if (this.sid != null) {
			poll();
			push();
		}
	}

	// As soon as neither a poll nor a push is under way
	private synchronized void finishUpgrade() {
		if (this.ended || this.upgraded || this.pushing) {
			return;
		}
		if (!this.unsent.isEmpty()) {
			push();
			return;
		}
		if (this.poll == null) {
			this.upgraded = true;
			this.candidate.send("5");
			this.candidate.pause(this.paused);
		}
	}

	// Ends

	@Override
	public void close() {
		boolean webSocket;
		synchronized (this) {
			webSocket = this.upgraded;
			this.ended = true;
		}
		if (webSocket) {
			this.candidate.close();
		}
		else if (this.sid != null) {
			synchronized (this) {
				this.closing = true;
				this.unsent.add("1");
				push();
			}
		}
	}

	@Override
	public void reset() {
		CompletableFuture<?> pending;
		synchronized (this) {
			this.ended = true;
			pending = this.poll;
		}
		if (pending != null) {
			pending.cancel(true);
		}
		if (this.candidate != null) {
			this.candidate.reset();
		}
	}

	@Override
	public synchronized void pause(boolean pause) {
		this.paused = pause;
		if (this.upgraded) {
			this.candidate.pause(pause);
		}
		else if (!pause && this.sid != null) {
			poll();
		}
	}

}
