package io.socketio.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DraftData}.
 */
class DraftDataTests {

	private final ConcurrentMap<String, Object> session = new ConcurrentHashMap<>(
			Map.of("kept", 1, "changed", 2, "removed", 3, "others", 4));

	private final DraftData draft = new DraftData(this.session);

	private void change() {
		this.draft.put("changed", 20);
		this.draft.remove("removed");
		this.draft.computeIfAbsent("added", (key) -> 50);
		this.draft.merge("counted", 1, (one, two) -> 2);
		this.draft.merge("counted", 1, (one, two) -> 2);
	}

	@Test
	@DisplayName("changes are seen by who makes them, and by nobody else")
	void draft() {
		change();
		assertThat(this.draft).isEqualTo(Map.of("kept", 1, "changed", 20, "others", 4, "added", 50, "counted", 2));
		assertThat(this.session).isEqualTo(Map.of("kept", 1, "changed", 2, "removed", 3, "others", 4));
	}

	@Test
	@DisplayName("applied -> those of the session, beside what others have changed; one map from then on")
	void apply() {
		change();
		this.session.put("others", 40);
		this.session.put("new", 60);
		this.session.remove("kept");
		assertThat(this.draft.apply()).isSameAs(this.session);
		Map<String, Integer> expected = Map.of("changed", 20, "others", 40, "added", 50, "counted", 2, "new", 60);
		assertThat(this.session).isEqualTo(expected);
		assertThat(this.draft).isEqualTo(expected);
		this.draft.clear();
		assertThat(this.session).isEmpty();
	}

}
