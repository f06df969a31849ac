package io.socketio.server;

import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

import io.socketio.recovery.RecoveryFailure;
import io.socketio.recovery.SessionStore;
import io.socketio.recovery.StoredSession;

/**
 * Claims of sessions by their private id: who may have which session. The store decides
 * between claims of several nodes at the same time; those of this node wait for each
 * other, and the last one wins. A connection that still holds the session is closed
 * first.
 */
final class SessionClaims {

	private static final Log logger = LogFactory.getLog(SessionClaims.class);

	private final String namespace;

	private final SessionKeeper sessions;

	private final SessionStore store;

	private final RecoveryContext context;

	/**
	 * The last claim of each session that is under way: until it has failed, or a socket
	 * holds the session.
	 */
	private final Map<String, Sinks.Empty<Void>> underWay = new ConcurrentHashMap<>();

	SessionClaims(String namespace, SessionKeeper sessions, SessionStore store, RecoveryContext context) {
		this.namespace = namespace;
		this.sessions = sessions;
		this.store = store;
		this.context = context;
	}

	/**
	 * Claim the session that a CONNECT packet asks for.
	 * @param auth payload of the packet
	 * @param principal who asks for it, or {@code null}
	 * @return the session, if it can be recovered; never an error
	 */
	Mono<Optional<RestoredSession>> claim(@Nullable JsonNode auth, @Nullable Principal principal) {
		JsonNode privateId = (auth != null) ? auth.get("pid") : null;
		if (auth == null || privateId == null) {
			return Mono.just(Optional.empty());
		}
		JsonNode offset = auth.get("offset");
		if (!privateId.isString() || (offset != null && !offset.isString())) {
			return Mono.just(result(Outcome.refused(null, RecoveryFailure.MALFORMED_REQUEST)));
		}
		Claim claim = new Claim(privateId.stringValue(), NamespaceRecovery.name(principal),
				(offset != null) ? offset.stringValue() : null);
		Sinks.Empty<Void> end = Sinks.empty();
		Sinks.Empty<Void> before = this.underWay.put(claim.privateId(), end);
		Runnable settled = () -> {
			this.underWay.remove(claim.privateId(), end);
			end.tryEmitEmpty();
		};
		return ((before != null) ? before.asMono() : Mono.<Void>empty()).then(Mono.defer(() -> attempt(claim, settled)))
			.onErrorResume((ex) -> {
				logger.error("A session of " + this.namespace + " could not be claimed", ex);
				this.sessions.unclaim(claim.privateId());
				return Mono.just(Outcome.refused(null, RecoveryFailure.STORE_FAILURE));
			})
			.map((outcome) -> result(outcome, settled));
	}

	private Optional<RestoredSession> result(Outcome outcome, Runnable settled) {
		if (outcome.failure() != null) {
			settled.run();
		}
		return result(outcome);
	}

	private Optional<RestoredSession> result(Outcome outcome) {
		if (outcome.failure() != null) {
			this.context.monitor().notRecovered(this.namespace, outcome.socketId(), outcome.failure());
		}
		return Optional.ofNullable(outcome.session());
	}

	private Mono<Outcome> attempt(Claim claim, Runnable settled) {
		DefaultSocket holder = this.sessions.holder(claim.privateId());
		if (holder != null) {
			if (!Objects.equals(NamespaceRecovery.name(holder.principal()), claim.principal())) {
				return Mono.just(Outcome.refused(holder.id(), RecoveryFailure.OTHER_PRINCIPAL));
			}
			holder.connection().giveWay(holder);
			return holder.released().then(Mono.defer(() -> take(claim, settled)));
		}
		return take(claim, settled);
	}

	private Mono<Outcome> take(Claim claim, Runnable settled) {
		AwaySession away = this.sessions.away(claim.privateId());
		if (away != null && !Objects.equals(away.principal(), claim.principal())) {
			return Mono.just(Outcome.refused(away.id(), RecoveryFailure.OTHER_PRINCIPAL));
		}
		return this.sessions.claim(claim.privateId())
			.then(Mono.defer(() -> this.store.claim(this.namespace, claim.privateId()))
				.timeout(this.context.options().storeTimeout()))
			.flatMap((stored) -> accept(claim, stored, settled))
			.switchIfEmpty(Mono.fromSupplier(() -> {
				this.sessions.unclaim(claim.privateId());
				return Outcome.refused(null, this.sessions.absence(claim.privateId()));
			}));
	}

	private Mono<Outcome> accept(Claim claim, StoredSession stored, Runnable settled) {
		if (!Objects.equals(stored.principal(), claim.principal())) {
			Duration left = this.context.options()
				.maxDisconnectionDuration()
				.minus(Absence.since(stored.disconnectedAt()).length());
			return this.store.save(stored, left)
				.timeout(this.context.options().storeTimeout())
				.thenReturn(Outcome.refused(stored.id(), RecoveryFailure.OTHER_PRINCIPAL));
		}
		Outcome outcome = this.sessions.accept(stored, claim.offset(), settled);
		this.sessions.enforceQuota(); // it may be one that only the store knew
		return Mono.just(outcome);
	}

	private record Claim(String privateId, @Nullable String principal, @Nullable String offset) {

	}

	/**
	 * What became of a claim.
	 *
	 * @param session the session, or {@code null}
	 * @param socketId id of the socket whose session it is, or {@code null} if unknown
	 * @param failure why there is no session
	 */
	record Outcome(@Nullable RestoredSession session, @Nullable String socketId, @Nullable RecoveryFailure failure) {

		static Outcome restored(RestoredSession session) {
			return new Outcome(session, session.session().id(), null);
		}

		static Outcome refused(@Nullable String socketId, RecoveryFailure failure) {
			return new Outcome(null, socketId, failure);
		}

	}

}
