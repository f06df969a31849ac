package io.socketio.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says which property is wrong, where it was set, why it is wrong and what to do.
 */
final class InvalidSocketIoPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSocketIoPropertyException> {

	private final Environment environment;

	InvalidSocketIoPropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSocketIoPropertyException cause) {
		StringBuilder description = new StringBuilder();
		description.append(String.format("Invalid configuration of the Socket.IO server:%n%n"));
		description.append(String.format("    Property: %s%n", cause.getProperty()));
		ConfigurationProperty property = find(cause.getProperty());
		description
			.append(String.format("    Value: \"%s\"%n", (property != null) ? property.getValue() : cause.getValue()));
		if (property != null && property.getOrigin() != null) {
			description.append(String.format("    Origin: %s%n", property.getOrigin()));
		}
		description.append(String.format("    Reason: it %s", cause.getReason()));
		return new FailureAnalysis(description.toString(), cause.getAction(), cause);
	}

	private @Nullable ConfigurationProperty find(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
