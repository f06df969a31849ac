package io.socketio.protocol.msgpack;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.util.SimpleStreamWriteContext;

/**
 * Writes MessagePack as the JavaScript parser does: numbers without a fraction are
 * integers, all others doubles, and binary is binary at any depth.
 */
final class MsgpackGenerator extends ValueGenerator {

	private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);

	private static final double TWO_POW_63 = 0x1p63;

	private final MsgpackBuffer buffer;

	private SimpleStreamWriteContext context = SimpleStreamWriteContext.createRootContext(null);

	/** Marks of the buffer for the arrays and objects that are open, outermost first. */
	private long[] marks = new long[8];

	private int depth;

	/**
	 * Create a generator.
	 * @param writeContext writes values that are no tokens
	 * @param ioContext has the limits
	 * @param buffer takes what is written
	 */
	MsgpackGenerator(ObjectWriteContext writeContext, IOContext ioContext, MsgpackBuffer buffer) {
		super(writeContext, ioContext);
		this.buffer = buffer;
	}

	// Arrays and objects

	@Override
	public JsonGenerator writeStartArray(@Nullable Object currentValue, int size) {
		_verifyValueWrite("start an array");
		this.context = this.context.createChildArrayContext(currentValue);
		return begin(SizedType.ARRAY, size);
	}

	@Override
	public JsonGenerator writeEndArray() {
		if (!this.context.inArray()) {
			throw _constructWriteException("Current context not Array but " + this.context.typeDesc());
		}
		return end(SizedType.ARRAY);
	}

	@Override
	public JsonGenerator writeStartObject(@Nullable Object currentValue, int size) {
		_verifyValueWrite("start an object");
		this.context = this.context.createChildObjectContext(currentValue);
		return begin(SizedType.MAP, size);
	}

	@Override
	public JsonGenerator writeEndObject() {
		if (!this.context.inObject()) {
			throw _constructWriteException("Current context not Object but " + this.context.typeDesc());
		}
		return end(SizedType.MAP);
	}

	private JsonGenerator begin(SizedType type, int size) {
		streamWriteConstraints().validateNestingDepth(this.context.getNestingDepth());
		if (this.depth == this.marks.length) {
			this.marks = Arrays.copyOf(this.marks, 2 * this.depth);
		}
		this.marks[this.depth++] = this.buffer.begin(type, size);
		return this;
	}

	private JsonGenerator end(SizedType type) {
		this.buffer.end(type, this.marks[--this.depth], this.context.getEntryCount());
		this.context = this.context.clearAndGetParent();
		return this;
	}

	@Override
	public JsonGenerator writeName(String name) {
		verifyName(name);
		this.buffer.writeString(name);
		return this;
	}

	@Override
	public JsonGenerator writeName(SerializableString name) {
		verifyName(name.getValue());
		byte[] utf8 = name.asUnquotedUTF8();
		this.buffer.writeUtf8(utf8, 0, utf8.length);
		return this;
	}

	private void verifyName(String name) {
		if (!this.context.writeName(name)) {
			throw _constructWriteException("Cannot write a property name, expecting a value");
		}
	}

	@Override
	protected void _verifyValueWrite(String what) {
		if (!this.context.writeValue()) {
			throw _constructWriteException("Cannot " + what + ", expecting a property name");
		}
	}

	// Text

	@Override
	public JsonGenerator writeString(@Nullable String text) {
		if (text == null) {
			return writeNull();
		}
		_verifyValueWrite(WRITE_STRING);
		this.buffer.writeString(text);
		return this;
	}

	@Override
	public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
		_verifyValueWrite(WRITE_STRING);
		this.buffer.writeUtf8(text, offset, length);
		return this;
	}

	// Numbers

	@Override
	public JsonGenerator writeNumber(long number) {
		_verifyValueWrite(WRITE_NUMBER);
		this.buffer.writeInteger(number);
		return this;
	}

	@Override
	public JsonGenerator writeNumber(@Nullable BigInteger number) {
		if (number == null) {
			return writeNull();
		}
		if (number.bitLength() < Long.SIZE) {
			return writeNumber(number.longValue());
		}
		if (number.signum() < 0 || number.compareTo(UNSIGNED_LIMIT) >= 0) {
			return writeNumber(number.doubleValue());
		}
		_verifyValueWrite(WRITE_NUMBER);
		this.buffer.writeUnsigned(number.longValue());
		return this;
	}

	@Override
	public JsonGenerator writeNumber(double number) {
		_verifyValueWrite(WRITE_NUMBER);
		if (number >= TWO_POW_63 && number < 2 * TWO_POW_63) {
			this.buffer.writeUnsigned((long) (number - TWO_POW_63) ^ Long.MIN_VALUE);
		}
		else if (number == Math.rint(number) && number >= -TWO_POW_63 && number < TWO_POW_63) {
			this.buffer.writeInteger((long) number);
		}
		else {
			this.buffer.writeDouble(number);
		}
		return this;
	}

	// Other values

	@Override
	public JsonGenerator writeBoolean(boolean value) {
		_verifyValueWrite(WRITE_BOOLEAN);
		this.buffer.writeBoolean(value);
		return this;
	}

	@Override
	public JsonGenerator writeNull() {
		_verifyValueWrite(WRITE_NULL);
		this.buffer.writeNil();
		return this;
	}

	@Override
	public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
		_verifyValueWrite(WRITE_BINARY);
		this.buffer.writeBinary(data, offset, length);
		return this;
	}

	/**
	 * Write binary, or a date for serializers that know that a JavaScript {@code Date} is
	 * wanted.
	 */
	@Override
	public JsonGenerator writeEmbeddedObject(@Nullable Object object) {
		if (object instanceof Date date) {
			return writeDate(date.getTime());
		}
		if (object instanceof Instant instant) {
			return writeDate(instant.toEpochMilli());
		}
		return super.writeEmbeddedObject(object);
	}

	private JsonGenerator writeDate(long epochMilli) {
		_verifyValueWrite("write date");
		this.buffer.writeDate(epochMilli);
		return this;
	}

	// State

	@Override
	public SimpleStreamWriteContext streamWriteContext() {
		return this.context;
	}

	@Override
	public @Nullable Object currentValue() {
		return this.context.currentValue();
	}

	@Override
	public void assignCurrentValue(@Nullable Object value) {
		this.context.assignCurrentValue(value);
	}

	@Override
	public Object streamWriteOutputTarget() {
		return this.buffer;
	}

	@Override
	public int streamWriteOutputBuffered() {
		return this.buffer.position();
	}

}
