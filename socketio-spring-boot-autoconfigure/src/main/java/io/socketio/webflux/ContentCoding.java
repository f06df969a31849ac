package io.socketio.webflux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Content codings of HTTP.
 */
enum ContentCoding {

	/**
	 * Brotli, which the JDK cannot write: for files compressed beforehand.
	 */
	BR,

	/**
	 * Gzip.
	 */
	GZIP,

	/**
	 * Deflate, in the zlib format as HTTP has it.
	 */
	DEFLATE;

	/**
	 * Name of the coding in headers.
	 * @return the name
	 */
	String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Compress.
	 * @param content what to compress
	 * @return the compressed content
	 * @throws UnsupportedOperationException for {@link #BR}
	 */
	byte[] encode(byte[] content) {
		ByteArrayOutputStream target = new ByteArrayOutputStream(content.length / 2);
		try (OutputStream encoder = encoder(target)) {
			encoder.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return target.toByteArray();
	}

	private OutputStream encoder(OutputStream target) throws IOException {
		return switch (this) {
			case GZIP -> new GZIPOutputStream(target);
			case DEFLATE -> new DeflaterOutputStream(target);
			case BR -> throw new UnsupportedOperationException("No encoder for Brotli");
		};
	}

}
