package io.socketio.handler.validation;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.validation.Validator;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.MethodDescriptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.MethodValidationAdapter;

import io.socketio.handler.HandlerMethodValidator;

/**
 * Validates handler methods by Bean Validation: constraints and {@code @Valid} on
 * parameters and on the method, also those that it inherits, and Spring's
 * {@link Validated @Validated}, which names groups for the method, for its class, or for
 * one parameter that is then validated as {@code @Valid} would.
 *
 * @since 0.1.0
 */
public final class BeanValidationMethodValidator implements HandlerMethodValidator {

	private final Validator validator;

	private final MethodValidationAdapter adapter;

	/**
	 * Create a validator of methods.
	 * @param validator the validator
	 */
	public BeanValidationMethodValidator(Validator validator) {
		this.validator = validator;
		this.adapter = new MethodValidationAdapter(validator);
	}

	@Override
	public @Nullable Constraints compile(Class<?> type, Method method, List<String> names) {
		MethodDescriptor descriptor = this.validator.getConstraintsForClass(type)
			.getConstraintsForMethod(method.getName(), method.getParameterTypes());
		boolean arguments = descriptor != null && hasConstrainedParameters(descriptor);
		// The result of a suspending function is not there when it returns
		boolean result = descriptor != null && hasConstrainedReturnValue(descriptor)
				&& !KotlinDetector.isSuspendingFunction(method);
		Map<Integer, Class<?>[]> argumentGroups = argumentGroups(method, names.size());
		if (!arguments && !result && argumentGroups.isEmpty()) {
			return null;
		}
		return new MethodConstraints(this.validator, this.adapter, method, names, groups(type, method), arguments,
				result, argumentGroups);
	}

	private static boolean hasConstrainedParameters(MethodDescriptor method) {
		return method.hasConstrainedParameters() || method.getParameterDescriptors()
			.stream()
			.anyMatch(BeanValidationMethodValidator::hasConstrainedElements);
	}

	private static boolean hasConstrainedReturnValue(MethodDescriptor method) {
		return method.hasConstrainedReturnValue() || hasConstrainedElements(method.getReturnValueDescriptor());
	}

	/**
	 * Whether a container's elements have constraints, which the other methods of the
	 * descriptor do not count.
	 * @param container what may be a container
	 * @return {@code true} if they have
	 */
	private static boolean hasConstrainedElements(ContainerDescriptor container) {
		return !container.getConstrainedContainerElementTypes().isEmpty();
	}

	private static Class<?>[] groups(Class<?> type, Method method) {
		Validated validated = AnnotatedElementUtils.findMergedAnnotation(method, Validated.class);
		if (validated == null) {
			validated = AnnotatedElementUtils.findMergedAnnotation(type, Validated.class);
		}
		return (validated != null) ? validated.value() : new Class<?>[0];
	}

	private static Map<Integer, Class<?>[]> argumentGroups(Method method, int count) {
		Map<Integer, Class<?>[]> groups = new HashMap<>();
		MethodParameter[] parameters = new AnnotatedMethod(method).getMethodParameters();
		for (int i = 0; i < count; i++) {
			Validated validated = parameters[i].getParameterAnnotation(Validated.class);
			if (validated != null) {
				groups.put(i, validated.value());
			}
		}
		return groups;
	}

}
