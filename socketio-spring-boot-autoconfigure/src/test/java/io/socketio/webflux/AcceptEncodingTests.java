package io.socketio.webflux;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcceptEncoding}.
 */
class AcceptEncodingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gzip, deflate                     | GZIP
			deflate, gzip                     | DEFLATE
			deflate                           | DEFLATE
			GZIP                              | GZIP
			gzip;q=0.5, deflate;q=0.9         | DEFLATE
			gzip; q = 0.5 , deflate;q=0.4     | GZIP
			gzip;level=9;q=0.1, deflate;q=0.2 | DEFLATE
			*                                 | GZIP
			gzip;q=0, *                       | DEFLATE
			*;q=0.5, deflate                  | DEFLATE
			*, deflate                        | DEFLATE
			*;q=0                             |
			gzip;q=0                          |
			gzip;q=0, deflate;q=0             |
			br                                |
			identity                          |
			identity;q=1, gzip;q=0.1          | GZIP
			gzip;q=high                       |
			gzip;q=                           |
			''                                |
			', ;,;q=1'                        |
			x-gzip                            |
			""")
	void choosesBetweenGzipAndDeflate(String header, ContentCoding expected) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCEPT_ENCODING, header);
		assertThat(AcceptEncoding.choose(headers, List.of(ContentCoding.GZIP, ContentCoding.DEFLATE)))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gzip, deflate, br | GZIP
			br, gzip          | BR
			*                 | BR
			br;q=0, *         | GZIP
			""")
	void choosesWithBrotliFirst(String header, ContentCoding expected) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCEPT_ENCODING, header);
		assertThat(AcceptEncoding.choose(headers, List.of(ContentCoding.values()))).isEqualTo(expected);
	}

	@Test
	void withoutHeaderNothingIsChosen() {
		assertThat(AcceptEncoding.choose(new HttpHeaders(), List.of(ContentCoding.values()))).isNull();
	}

	@Test
	void linesOfRepeatedHeaderAreJoined() {
		HttpHeaders headers = new HttpHeaders();
		headers.add(HttpHeaders.ACCEPT_ENCODING, "identity");
		headers.add(HttpHeaders.ACCEPT_ENCODING, "deflate");
		assertThat(AcceptEncoding.choose(headers, List.of(ContentCoding.values()))).isEqualTo(ContentCoding.DEFLATE);
	}

}
