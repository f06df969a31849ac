package io.socketio.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.AutoConfigureJson;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Annotation for tests of Socket.IO controllers: starts the Socket.IO server with the
 * controllers of the application, but without the rest of it, on a free port of
 * 127.0.0.1. A {@link io.socketio.test.SocketIoTester} bean connects clients to it.
 * <p>
 * Full auto-configuration is disabled. Of the application's components only those are
 * loaded that concern Socket.IO:
 * <ul>
 * <li>{@code @SocketIoController}, all of them or the named ones
 * <li>{@code @ControllerAdvice}
 * <li>{@code ArgumentResolver}
 * <li>{@code HandshakeGuard}
 * <li>{@code SessionStore} and {@code AdapterFactory}, {@code SocketAuthenticator},
 * {@code SocketContextContributor}, {@code ClientErrorTranslator} and
 * {@code HandlerMethodValidator}
 * <li>{@code PacketParser}
 * <li>{@code WebFilter}
 * <li>{@code @JacksonComponent}, {@code JacksonModule} and
 * {@code JsonMapperBuilderCustomizer}
 * <li>{@code Converter} and {@code GenericConverter}
 * </ul>
 * What else the controllers need is added by
 * {@link org.springframework.test.context.bean.override.mockito.MockitoBean @MockitoBean}
 * or {@link org.springframework.context.annotation.Import @Import}. Spring Security is
 * not part of the slice; import its auto-configuration where a test needs it.
 * <p>
 * {@code socketio.adapter.type} is {@code memory}, whatever the application uses, unless
 * {@link #properties()} say otherwise. To start the whole application instead, use
 * {@link org.springframework.boot.test.context.SpringBootTest @SpringBootTest} with a
 * random port, where the tester is a bean too.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(SocketIoTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(SocketIoTypeExcludeFilter.class)
@AutoConfigureJson
@AutoConfigureSocketIo
@ImportAutoConfiguration
public @interface SocketIoTest {

	/**
	 * Properties in form {@literal key=value} that are added to the environment before
	 * the test runs.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Alias for {@link #controllers()}.
	 * @return the controllers to test
	 */
	@AliasFor("controllers")
	Class<?>[] value() default {};

	/**
	 * The controllers to test; all {@code @SocketIoController} beans of the application
	 * when left out.
	 * @return the controllers to test
	 */
	@AliasFor("value")
	Class<?>[] controllers() default {};

	/**
	 * Whether to load the components that are listed above. If not, only those are loaded
	 * that {@link #includeFilters()} match.
	 * @return whether default filters are used
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Filters of further components to load.
	 * @return include filters
	 */
	ComponentScan.Filter[] includeFilters() default {};

	/**
	 * Filters of components not to load.
	 * @return exclude filters
	 */
	ComponentScan.Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations not to use.
	 * @return classes of auto-configurations
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
