package io.socketio.handler.validation;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;

import io.socketio.handler.InvalidEventArgumentsException.FieldError;

/**
 * Where a violation is, in words of JSON: {@code message.tags[0].name}.
 */
final class ViolationPath {

	static final Comparator<FieldError> ORDER = Comparator.comparing(FieldError::field)
		.thenComparing(FieldError::reason);

	private ViolationPath() {
	}

	/**
	 * The path of a violation by an argument of a method.
	 * @param violation the violation
	 * @param names names of the method's parameters
	 * @return the path, empty if it is a violation by all arguments together
	 */
	static String ofArgument(ConstraintViolation<?> violation, List<String> names) {
		StringBuilder path = new StringBuilder();
		Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
		while (nodes.hasNext()) {
			Path.Node node = nodes.next();
			if (node.getKind() == ElementKind.PARAMETER) {
				path.append(names.get(node.as(Path.ParameterNode.class).getParameterIndex()));
			}
			else if (node.getKind() != ElementKind.METHOD) {
				append(path, node);
			}
		}
		return path.toString();
	}

	/**
	 * The path of a violation inside of an object.
	 * @param name name of the object
	 * @param violation the violation
	 * @return the path
	 */
	static String inside(String name, ConstraintViolation<?> violation) {
		StringBuilder path = new StringBuilder(name);
		violation.getPropertyPath().forEach((node) -> append(path, node));
		return path.toString();
	}

	private static void append(StringBuilder path, Path.Node node) {
		if (node.getIndex() != null) {
			path.append('[').append(node.getIndex()).append(']');
		}
		else if (node.getKey() != null) {
			path.append('.').append(node.getKey());
		}
		if (node.getKind() == ElementKind.PROPERTY) {
			path.append('.').append(node.getName());
		}
	}

}
