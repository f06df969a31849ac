package io.socketio.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes JSON as {@code JSON.stringify} does (no NaN), with placeholders where the data
 * has binary, and keeps copies of that binary in the order of their numbers.
 */
final class AttachmentGenerator extends JsonGeneratorDelegate {

	private final boolean detach;

	private @Nullable List<EnginePacket> attachments;

	/**
	 * Create a generator.
	 * @param delegate what to write to
	 * @param detach whether binary becomes an attachment; otherwise it is written as
	 * base64
	 */
	AttachmentGenerator(JsonGenerator delegate, boolean detach) {
		super(delegate, false);
		this.detach = detach;
	}

	List<EnginePacket> attachments() {
		return (this.attachments != null) ? this.attachments : List.of();
	}

	@Override
	public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
		if (!this.detach) {
			return super.writeBinary(variant, data, offset, length);
		}
		attach(Arrays.copyOfRange(data, offset, offset + length));
		return this;
	}

	@Override
	public int writeBinary(Base64Variant variant, InputStream data, int length) {
		if (!this.detach) {
			return super.writeBinary(variant, data, length);
		}
		try {
			byte[] bytes = (length >= 0) ? data.readNBytes(length) : data.readAllBytes();
			if (bytes.length < length) {
				throw new PacketEncodingException("Binary has " + bytes.length + " bytes instead of " + length);
			}
			attach(bytes);
			return bytes.length;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public JsonGenerator writeEmbeddedObject(@Nullable Object object) {
		if (object instanceof byte[] bytes) {
			return writeBinary(bytes);
		}
		if (object instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return writeBinary(Base64Variants.getDefaultVariant(), bytes, 0, bytes.length);
		}
		return super.writeEmbeddedObject(object);
	}

	private void attach(byte[] data) {
		if (this.attachments == null) {
			this.attachments = new ArrayList<>(4);
		}
		super.writeStartObject();
		super.writeName("_placeholder");
		super.writeBoolean(true);
		super.writeName("num");
		super.writeNumber(this.attachments.size());
		super.writeEndObject();
		this.attachments.add(EnginePacket.binary(data));
	}

	@Override
	public JsonGenerator writeNumber(double number) {
		return Double.isFinite(number) ? super.writeNumber(number) : writeNull();
	}

	@Override
	public JsonGenerator writeNumber(float number) {
		return Float.isFinite(number) ? super.writeNumber(number) : writeNull();
	}

	@Override
	public JsonGenerator writeArray(double[] array, int offset, int length) {
		writeStartArray(array, length);
		for (int i = offset; i < offset + length; i++) {
			writeNumber(array[i]);
		}
		return writeEndArray();
	}

	// The generators of Jackson that write characters do not support these two

	@Override
	public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
		return writeString(new String(text, offset, length, StandardCharsets.UTF_8));
	}

	@Override
	public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
		return writeRawValue('"' + new String(text, offset, length, StandardCharsets.UTF_8) + '"');
	}

}
