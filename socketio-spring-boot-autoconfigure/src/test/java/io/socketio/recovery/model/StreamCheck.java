package io.socketio.recovery.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.socketio.recovery.model.Attempt.Received;
import io.socketio.recovery.model.Emission.Addressed;
import io.socketio.recovery.model.EmitterStep.Flag;

/**
 * Compares what clients got with what they must have got: nothing foreign, nothing twice,
 * nothing missing, and in one order.
 */
final class StreamCheck {

	private final ProgramRun run;

	private final List<List<Received>> streams = new ArrayList<>();

	StreamCheck(ProgramRun run) {
		this.run = run;
	}

	void run() {
		Set<Attempt> last = new HashSet<>();
		for (int i = 0; i < this.run.program().clients(); i++) {
			for (int j = 0; j < this.run.program().namespaces(); j++) {
				last.add(this.run.client(i).attempt(j));
			}
		}
		for (Attempt attempt : this.run.attempts()) {
			if (attempt.connected() && !this.run.failed()) {
				List<Received> stream = new ArrayList<>();
				attempt.chain().forEach((each) -> stream.addAll(each.received()));
				check(attempt, stream, last.contains(attempt));
				this.streams.add(stream);
			}
		}
		for (int i = 0; i < this.streams.size() && !this.run.failed(); i++) {
			for (int j = 0; j < i; j++) {
				compare(this.streams.get(i), this.streams.get(j));
			}
		}
	}

	private void check(Attempt attempt, List<Received> stream, boolean last) {
		Map<Emission, Received> first = new LinkedHashMap<>();
		for (Received event : stream) {
			boolean again = first.putIfAbsent(event.emission(), event) != null;
			if (again && !event.emission().is(Flag.ACK)) {
				violation("Duplicate", attempt, event.emission());
			}
			checkPlace(event);
		}
		checkOrder(attempt, first.values());
		for (Emitter emitter : this.run.allEmitters()) {
			if (emitter.namespace == attempt.namespace) {
				checkComplete(attempt, emitter, first, last);
			}
		}
	}

	// What was missed comes before the answer to CONNECT
	private void checkPlace(Received event) {
		if (!event.early() && event.emission().end < event.attempt().asked && !event.emission().deferred) {
			violation("After the answer to CONNECT", event.attempt(), event.emission());
		}
		if (event.early() && event.emission().is(Flag.VOLATILE)) {
			violation("Volatile and before the answer to CONNECT", event.attempt(), event.emission());
		}
	}

	// What was emitted before another event began to be emitted arrives before it
	private void checkOrder(Attempt attempt, Collection<Received> events) {
		Emission newest = null;
		for (Received event : events) {
			Emission emission = event.emission();
			if (emission.deferred || emission.is(Flag.ACK) && this.run.program().uses(ClientStep.Kind.TWIN)) {
				continue;
			}
			if (newest != null && emission.end < newest.start) {
				violation("Behind " + newest, attempt, emission);
			}
			if (newest == null || emission.start > newest.start) {
				newest = emission;
			}
		}
	}

	private void checkComplete(Attempt attempt, Emitter emitter, Map<Emission, Received> received, boolean last) {
		ModelSession session = attempt.session;
		List<Emission> emissions = List.copyOf(emitter.emissions);
		int newest = -1;
		for (int i = 0; i < emissions.size(); i++) {
			Emission emission = emissions.get(i);
			boolean expected = last && emission.start <= this.run.lastExpected(attempt.namespace).start;
			newest = (expected || received.containsKey(emission)) ? i : newest;
		}
		boolean begun = false;
		for (int i = 0; i <= newest; i++) {
			Emission emission = emissions.get(i);
			Addressed addressed = emission.addressed(session);
			if (received.containsKey(emission)) {
				begun = true;
				if (addressed == Addressed.NO) {
					violation("Foreign", attempt, emission);
				}
			}
			else if ((addressed == Addressed.YES || addressed == Addressed.MAYBE && begun && !emission.deferred)
					&& !mayMiss(emission, emissions, session, received)) {
				violation("Missing", attempt, emission);
			}
		}
	}

	private boolean mayMiss(Emission emission, List<Emission> emissions, ModelSession session,
			Map<Emission, Received> received) {
		if (emission.is(Flag.VOLATILE) || emission.is(Flag.ACK) && emission.acknowledged) {
			return true;
		}
		if (!emission.is(Flag.CONFLATE)) {
			return false;
		}
		for (Emission later : emissions.subList(emission.number + 1, emissions.size())) {
			Received event = received.get(later);
			if (later.is(Flag.CONFLATE) && event != null && event.early() && later.addressed(session) != Addressed.NO) {
				return true;
			}
		}
		return false;
	}

	// Whatever two clients both got, they got in the same order
	private void compare(List<Received> one, List<Received> other) {
		if (one.isEmpty() || other.isEmpty() || one.get(0).attempt().namespace != other.get(0).attempt().namespace) {
			return;
		}
		Map<Emission, Integer> places = new HashMap<>();
		for (int i = 0; i < other.size(); i++) {
			places.putIfAbsent(other.get(i).emission(), i);
		}
		int place = -1;
		for (Received event : one) {
			Integer next = event.emission().is(Flag.ACK) ? null : places.get(event.emission());
			if (next != null && next < place) {
				violation("Not in the order that " + other.get(0).attempt() + " got", event.attempt(),
						event.emission());
			}
			place = (next != null) ? next : place;
		}
	}

	private void violation(String what, Attempt attempt, Emission emission) {
		this.run.violation(what + ": " + emission + ", " + attempt + " (asked for at " + attempt.session.asked
				+ ", known at " + attempt.session.known + ")");
	}

}
