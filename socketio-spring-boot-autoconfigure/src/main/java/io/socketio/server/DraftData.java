package io.socketio.server;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session, as a socket sees and changes them that is not let in yet:
 * changes are kept back until {@link #apply()}, and are none if that is never called.
 * From then on this is another view of the session's attributes.
 */
final class DraftData extends AbstractMap<String, Object> implements ConcurrentMap<String, Object> {

	private final ConcurrentMap<String, Object> session;

	private final Map<String, Object> before;

	private volatile ConcurrentMap<String, Object> current;

	DraftData(ConcurrentMap<String, Object> session) {
		this.session = session;
		this.before = Map.copyOf(session);
		this.current = new ConcurrentHashMap<>(this.before);
	}

	/**
	 * Make the changes those of the session. What others have changed there meanwhile
	 * stays.
	 * @return the attributes of the session
	 */
	ConcurrentMap<String, Object> apply() {
		ConcurrentMap<String, Object> draft = this.current;
		draft.forEach((key, value) -> {
			if (!Objects.equals(value, this.before.get(key))) {
				this.session.put(key, value);
			}
		});
		this.before.keySet().stream().filter((key) -> !draft.containsKey(key)).forEach(this.session::remove);
		this.current = this.session;
		return this.session;
	}

	@Override
	public Set<Entry<String, Object>> entrySet() {
		return this.current.entrySet();
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return this.current.containsKey(key);
	}

	@Override
	public @Nullable Object get(@Nullable Object key) {
		return this.current.get(key);
	}

	@Override
	public @Nullable Object put(String key, Object value) {
		return this.current.put(key, value);
	}

	@Override
	public @Nullable Object remove(@Nullable Object key) {
		return this.current.remove(key);
	}

	@Override
	public @Nullable Object putIfAbsent(String key, Object value) {
		return this.current.putIfAbsent(key, value);
	}

	@Override
	public boolean remove(@Nullable Object key, @Nullable Object value) {
		return this.current.remove(key, value);
	}

	@Override
	public boolean replace(String key, Object oldValue, Object newValue) {
		return this.current.replace(key, oldValue, newValue);
	}

	@Override
	public @Nullable Object replace(String key, Object value) {
		return this.current.replace(key, value);
	}

}
