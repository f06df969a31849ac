package io.socketio.server;

import java.util.ArrayList;
import java.util.List;

import reactor.util.context.Context;

/**
 * The context of a socket, with all contributors asked.
 */
final class DefaultSocketContext implements SocketContext {

	private static final Scope NO_SCOPE = () -> {
	};

	static final SocketContext EMPTY = new DefaultSocketContext(Context.empty(), () -> NO_SCOPE);

	private final Context reactor;

	private final Binding binding;

	private DefaultSocketContext(Context reactor, Binding binding) {
		this.reactor = reactor;
		this.binding = binding;
	}

	static SocketContext of(SocketIoSocket socket, Context handshake, List<SocketContextContributor> contributors) {
		Context context = handshake;
		for (SocketContextContributor contributor : contributors) {
			context = contributor.contribute(socket, context);
		}
		List<Binding> bindings = new ArrayList<>(contributors.size());
		for (SocketContextContributor contributor : contributors) {
			Binding binding = contributor.bind(socket, context);
			if (binding != null) {
				bindings.add(binding);
			}
		}
		if (context.isEmpty() && bindings.isEmpty()) {
			return EMPTY;
		}
		return new DefaultSocketContext(context, bind(bindings));
	}

	private static Binding bind(List<Binding> bindings) {
		return switch (bindings.size()) {
			case 0 -> () -> NO_SCOPE;
			case 1 -> bindings.get(0);
			default -> {
				Binding first = bindings.get(0);
				Binding others = bind(List.copyOf(bindings.subList(1, bindings.size())));
				yield () -> nest(first, others);
			}
		};
	}

	private static Scope nest(Binding outer, Binding inner) {
		Scope outerScope = outer.open();
		try {
			Scope innerScope = inner.open();
			return () -> {
				try {
					innerScope.close();
				}
				finally {
					outerScope.close();
				}
			};
		}
		catch (RuntimeException | Error ex) {
			outerScope.close();
			throw ex;
		}
	}

	@Override
	public Context reactor() {
		return this.reactor;
	}

	@Override
	public Scope open() {
		return this.binding.open();
	}

}
