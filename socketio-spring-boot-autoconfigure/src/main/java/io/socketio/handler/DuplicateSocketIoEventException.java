package io.socketio.handler;

/**
 * Two methods handle one event of one namespace; thrown at start-up.
 *
 * @since 0.1.0
 */
public class DuplicateSocketIoEventException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** The namespace. */
	private final String namespace;

	/** The event. */
	private final String event;

	/** The method found first. */
	private final String firstMethod;

	/** The other method. */
	private final String secondMethod;

	/**
	 * Name the event and its handlers.
	 * @param namespace the namespace
	 * @param event the event
	 * @param firstMethod the method found first
	 * @param secondMethod the other method
	 */
	public DuplicateSocketIoEventException(String namespace, String event, String firstMethod, String secondMethod) {
		super("Event '%s' of namespace '%s' is handled by two methods: %s and %s".formatted(event, namespace,
				firstMethod, secondMethod));
		this.namespace = namespace;
		this.event = event;
		this.firstMethod = firstMethod;
		this.secondMethod = secondMethod;
	}

	/**
	 * The namespace.
	 * @return name with its leading slash
	 */
	public String getNamespace() {
		return this.namespace;
	}

	/**
	 * The event.
	 * @return name of the event
	 */
	public String getEvent() {
		return this.event;
	}

	/**
	 * The method found first.
	 * @return class, method, parameter types and bean
	 */
	public String getFirstMethod() {
		return this.firstMethod;
	}

	/**
	 * The other method.
	 * @return class, method, parameter types and bean
	 */
	public String getSecondMethod() {
		return this.secondMethod;
	}

}
