package io.socketio.test.app;

import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

@Component
class NameModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	NameModule() {
		addSerializer(new Writer());
		addDeserializer(Name.class, new Reader());
	}

	private static final class Writer extends StdSerializer<Name> {

		Writer() {
			super(Name.class);
		}

		@Override
		public void serialize(Name name, JsonGenerator generator, SerializationContext context) {
			generator.writeString(name.value());
		}

	}

	private static final class Reader extends StdDeserializer<Name> {

		Reader() {
			super(Name.class);
		}

		@Override
		public Name deserialize(JsonParser parser, DeserializationContext context) {
			return new Name(parser.getString());
		}

	}

}
