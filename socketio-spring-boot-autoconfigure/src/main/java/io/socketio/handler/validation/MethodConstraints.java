package io.socketio.handler.validation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.validation.beanvalidation.MethodValidationAdapter;

import io.socketio.handler.HandlerMethodValidator.Constraints;
import io.socketio.handler.InvalidEventArgumentsException;
import io.socketio.handler.InvalidEventArgumentsException.FieldError;

/**
 * The constraints of one method.
 */
final class MethodConstraints implements Constraints {

	private final Validator validator;

	private final MethodValidationAdapter adapter;

	private final Method method;

	private final List<String> names;

	private final Class<?>[] groups;

	private final boolean arguments;

	private final boolean result;

	private final Map<Integer, Class<?>[]> argumentGroups;

	/**
	 * Create constraints.
	 * @param validator validates objects
	 * @param adapter validates methods
	 * @param method the method
	 * @param names what clients are told its parameters are called
	 * @param groups groups of its constraints, none for the default
	 * @param arguments whether its parameters have constraints
	 * @param result whether its result has constraints
	 * @param argumentGroups groups by which single arguments are validated, by index
	 */
	MethodConstraints(Validator validator, MethodValidationAdapter adapter, Method method, List<String> names,
			Class<?>[] groups, boolean arguments, boolean result, Map<Integer, Class<?>[]> argumentGroups) {
		this.validator = validator;
		this.adapter = adapter;
		this.method = method;
		this.names = List.copyOf(names);
		this.groups = groups;
		this.arguments = arguments;
		this.result = result;
		this.argumentGroups = Map.copyOf(argumentGroups);
	}

	@Override
	public void checkArguments(Object bean, @Nullable Object[] arguments) {
		Set<ConstraintViolation<?>> violations = new LinkedHashSet<>();
		List<FieldError> errors = new ArrayList<>();
		if (this.arguments) {
			Object target = target(bean);
			// With the place of the continuation, which only suspending functions have
			@Nullable Object[] all = Arrays.copyOf(arguments, this.method.getParameterCount());
			for (ConstraintViolation<?> violation : this.adapter.invokeValidatorForArguments(target, method(target),
					all, this.groups)) {
				violations.add(violation);
				errors.add(new FieldError(ViolationPath.ofArgument(violation, this.names), violation.getMessage()));
			}
		}
		this.argumentGroups.forEach((index, groups) -> {
			Object argument = arguments[index];
			if (argument != null) {
				for (ConstraintViolation<?> violation : this.validator.validate(argument, groups)) {
					violations.add(violation);
					errors.add(new FieldError(ViolationPath.inside(this.names.get(index), violation),
							violation.getMessage()));
				}
			}
		});
		if (!violations.isEmpty()) {
			throw invalid(violations, errors);
		}
	}

	private static InvalidEventArgumentsException invalid(Set<ConstraintViolation<?>> violations,
			List<FieldError> errors) {
		// In an order that does not change from call to call
		List<FieldError> sorted = errors.stream().distinct().sorted(ViolationPath.ORDER).toList();
		String message = sorted.stream()
			.map((error) -> (error.field() + " " + error.reason()).strip())
			.collect(Collectors.joining(", "));
		return new InvalidEventArgumentsException(message, sorted, new ConstraintViolationException(violations));
	}

	@Override
	public void checkResult(Object bean, @Nullable Object result) {
		if (!this.result) {
			return;
		}
		Object target = target(bean);
		Set<ConstraintViolation<Object>> violations = this.adapter.invokeValidatorForReturnValue(target, method(target),
				result, this.groups);
		if (!violations.isEmpty()) {
			// No ConstraintViolationException: exception handlers for that answer for
			// clients
			throw new IllegalStateException("The result violates constraints: " + violations.stream()
				.map((violation) -> violation.getPropertyPath() + " " + violation.getMessage())
				.sorted()
				.collect(Collectors.joining(", ")));
		}
	}

	/**
	 * The object whose class has the constraints: proxies of interfaces do not have it.
	 * @param bean the bean
	 * @return the object behind all proxies, or the bean if it changes with each call
	 */
	private static Object target(Object bean) {
		Object target = bean;
		for (Object next = bean; next != null; next = AopProxyUtils.getSingletonTarget(next)) {
			target = next;
		}
		return target;
	}

	private Method method(Object target) {
		return this.method.getDeclaringClass().isInstance(target) ? this.method
				: AopUtils.selectInvocableMethod(this.method, target.getClass());
	}

}
