package io.socketio.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Utf8}.
 */
class Utf8Tests {

	@Test
	void everyStartOfASequenceIsJudgedAsTheJdkDoes() {
		for (int first = 0x80; first <= 0xff; first++) {
			for (int second = 0; second <= 0xff; second++) {
				byte[] bytes = { (byte) first, (byte) second, (byte) 0x80, (byte) 0xbf };
				for (int length = 1; length <= bytes.length; length++) {
					assertSameAsJdk(Arrays.copyOf(bytes, length));
				}
			}
		}
	}

	@Test
	void malformedSequenceIsFoundAtAnyPosition() {
		for (int position = 0; position < 40; position++) {
			byte[] bytes = new byte[40];
			bytes[position] = (byte) 0x80;
			assertThat(Utf8.isValid(bytes)).as("position %d", position).isFalse();
		}
		assertThat(Utf8.isValid(new byte[40])).isTrue();
	}

	private static void assertSameAsJdk(byte[] bytes) {
		assertThat(Utf8.isValid(bytes)).as(() -> Arrays.toString(bytes)).isEqualTo(isValidForJdk(bytes));
	}

	private static boolean isValidForJdk(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
