package io.socketio.protocol.msgpack;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.Version;
import tools.jackson.core.base.GeneratorBase;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.util.JacksonFeatureSet;

import io.socketio.protocol.PacketEncodingException;

/**
 * Reduces the many forms in which serializers hand over a value to one each.
 * <p>
 * It claims the capabilities of text formats, so that serializers do not make binary of
 * what would be a string in JSON, such as a UUID.
 */
abstract class ValueGenerator extends GeneratorBase {

	ValueGenerator(ObjectWriteContext writeContext, IOContext ioContext) {
		super(writeContext, ioContext, 0);
	}

	@Override
	public JsonGenerator writeStartArray() {
		return writeStartArray(null);
	}

	@Override
	public JsonGenerator writeStartArray(@Nullable Object currentValue) {
		return writeStartArray(currentValue, 0);
	}

	@Override
	public JsonGenerator writeStartObject() {
		return writeStartObject(null);
	}

	@Override
	public JsonGenerator writeStartObject(@Nullable Object currentValue) {
		return writeStartObject(currentValue, 0);
	}

	@Override
	public JsonGenerator writePropertyId(long id) {
		return writeName(Long.toString(id));
	}

	@Override
	public JsonGenerator writeString(char[] text, int offset, int length) {
		return writeString(new String(text, offset, length));
	}

	@Override
	public JsonGenerator writeString(Reader reader, int length) {
		try {
			StringWriter text = new StringWriter();
			reader.transferTo(text);
			return writeString((length >= 0) ? text.toString().substring(0, length) : text.toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public JsonGenerator writeString(SerializableString text) {
		return writeString(text.getValue());
	}

	@Override
	public JsonGenerator writeNumber(short number) {
		return writeNumber((long) number);
	}

	@Override
	public JsonGenerator writeNumber(int number) {
		return writeNumber((long) number);
	}

	// The number that clients would get by JSON, so 0.1 is not 0.10000000149011612
	@Override
	public JsonGenerator writeNumber(float number) {
		return writeNumber(Double.parseDouble(Float.toString(number)));
	}

	@Override
	public JsonGenerator writeNumber(@Nullable BigDecimal number) {
		return (number != null) ? writeNumber(number.doubleValue()) : writeNull();
	}

	@Override
	public JsonGenerator writeNumber(String number) {
		return writeNumber(new BigDecimal(number));
	}

	@Override
	public int writeBinary(Base64Variant variant, InputStream data, int length) {
		try {
			byte[] bytes = (length >= 0) ? data.readNBytes(length) : data.readAllBytes();
			if (bytes.length < length) {
				throw new PacketEncodingException("Binary has " + bytes.length + " bytes instead of " + length);
			}
			writeBinary(variant, bytes, 0, bytes.length);
			return bytes.length;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public JsonGenerator writeEmbeddedObject(@Nullable Object object) {
		if (object instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return writeBinary(Base64Variants.getDefaultVariant(), bytes, 0, bytes.length);
		}
		return super.writeEmbeddedObject(object);
	}

	// JSON that a serializer has at hand

	@Override
	public JsonGenerator writeRawValue(String json) {
		try (JsonParser parser = objectWriteContext().tokenStreamFactory()
			.createParser(ObjectReadContext.empty(), json)) {
			parser.nextToken();
			copyCurrentStructure(parser);
			return this;
		}
	}

	@Override
	public JsonGenerator writeRawValue(String json, int offset, int length) {
		return writeRawValue(json.substring(offset, offset + length));
	}

	@Override
	public JsonGenerator writeRawValue(char[] json, int offset, int length) {
		return writeRawValue(new String(json, offset, length));
	}

	@Override
	public JsonGenerator writeRawValue(SerializableString json) {
		return writeRawValue(json.getValue());
	}

	@Override
	public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
		return writeRawValue('"' + new String(text, offset, length, StandardCharsets.UTF_8) + '"');
	}

	@Override
	public JsonGenerator writeRaw(String text) {
		throw noRawText();
	}

	@Override
	public JsonGenerator writeRaw(String text, int offset, int length) {
		throw noRawText();
	}

	@Override
	public JsonGenerator writeRaw(char[] text, int offset, int length) {
		throw noRawText();
	}

	@Override
	public JsonGenerator writeRaw(char c) {
		throw noRawText();
	}

	private RuntimeException noRawText() {
		return _constructWriteException("Raw text has no place in MessagePack, write values");
	}

	@Override
	public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
		return DEFAULT_TEXTUAL_WRITE_CAPABILITIES;
	}

	@Override
	public Version version() {
		return Version.unknownVersion();
	}

	@Override
	public void flush() {
		// Nothing is behind the buffer
	}

	@Override
	protected void _closeInput() {
		// Likewise
	}

	@Override
	protected void _releaseBuffers() {
		// The buffer belongs to the parser
	}

}
