package io.socketio.context;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lets Micrometer's context propagation bring what {@link MdcContributor} has put into
 * the Reactor context to the MDC of the threads that operators run on.
 *
 * @since 0.1.0
 */
public final class MdcAccessor implements ThreadLocalAccessor<Map<String, String>> {

	@Override
	public Object key() {
		return MdcContributor.KEY;
	}

	@Override
	public @Nullable Map<String, String> getValue() {
		Map<String, String> values = new HashMap<>(4);
		for (String name : new String[] { MdcContributor.SOCKET, MdcContributor.NAMESPACE }) {
			String value = MDC.get(name);
			if (value != null) {
				values.put(name, value);
			}
		}
		return values.isEmpty() ? null : values;
	}

	@Override
	public void setValue(Map<String, String> values) {
		MdcContributor.restore(MdcContributor.SOCKET, values.get(MdcContributor.SOCKET));
		MdcContributor.restore(MdcContributor.NAMESPACE, values.get(MdcContributor.NAMESPACE));
	}

	@Override
	public void setValue() {
		setValue(Map.of());
	}

}
