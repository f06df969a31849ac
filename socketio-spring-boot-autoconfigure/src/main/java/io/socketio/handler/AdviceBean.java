package io.socketio.handler;

import org.springframework.util.ClassUtils;
import org.springframework.web.method.ControllerAdviceBean;

/**
 * A {@code @ControllerAdvice} bean with exception handlers, instantiated at start-up.
 */
final class AdviceBean extends HandlerBean {

	private final ControllerAdviceBean bean;

	AdviceBean(ControllerAdviceBean bean, Class<?> type) {
		super(bean.toString(), ClassUtils.getUserClass(type));
		this.bean = bean;
	}

	/**
	 * Whether the advice is for a controller.
	 * @param controller the controller
	 * @return {@code true} unless its annotation names others
	 */
	boolean appliesTo(ControllerBean controller) {
		return this.bean.isApplicableToBeanType(controller.type());
	}

	@Override
	boolean eager() {
		return true;
	}

	@Override
	Object instance() {
		return this.bean.resolveBean();
	}

}
