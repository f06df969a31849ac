package io.socketio.webflux;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * Chooses the content coding of a response as the reference does: the highest quality
 * wins, then a coding that is named over one that {@code *} stands for, then the client's
 * order, then the server's. Without a match the response is sent as it is.
 */
final class AcceptEncoding {

	private AcceptEncoding() {
	}

	/**
	 * Choose a coding.
	 * @param headers the request's headers
	 * @param offered the codings at hand, in the server's order of preference
	 * @return the coding, or {@code null} for none
	 */
	static @Nullable ContentCoding choose(HttpHeaders headers, List<ContentCoding> offered) {
		List<String> values = headers.get(HttpHeaders.ACCEPT_ENCODING);
		if (values == null) {
			return null;
		}
		String[] ranges = String.join(",", values).split(",");
		ContentCoding chosen = null;
		Match best = Match.NONE;
		for (ContentCoding coding : offered) {
			Match match = Match.of(coding, ranges);
			if (match.quality > 0 && match.isBetterThan(best)) {
				best = match;
				chosen = coding;
			}
		}
		return chosen;
	}

	/**
	 * What a client says of one coding.
	 *
	 * @param quality the {@code q} value, 0 if the coding is not accepted
	 * @param named whether the coding is named, rather than covered by {@code *}
	 * @param position where in the header it stands
	 */
	private record Match(double quality, boolean named, int position) {

		static final Match NONE = new Match(0, false, Integer.MAX_VALUE);

		static Match of(ContentCoding coding, String[] ranges) {
			Match match = NONE;
			for (int i = 0; i < ranges.length; i++) {
				String[] parameters = ranges[i].split(";");
				String name = parameters[0].trim().toLowerCase(Locale.ROOT);
				if (name.equals(coding.token())) {
					return new Match(quality(parameters), true, i);
				}
				if (name.equals("*") && match == NONE) {
					match = new Match(quality(parameters), false, i);
				}
			}
			return match;
		}

		private static double quality(String[] parameters) {
			for (int i = 1; i < parameters.length; i++) {
				String parameter = StringUtils.trimAllWhitespace(parameters[i]);
				if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
					return parse(parameter.substring(2));
				}
			}
			return 1;
		}

		private static double parse(String value) {
			try {
				return Double.parseDouble(value);
			}
			catch (NumberFormatException ex) {
				return 0;
			}
		}

		boolean isBetterThan(Match other) {
			if (this.quality != other.quality) {
				return this.quality > other.quality;
			}
			if (this.named != other.named) {
				return this.named;
			}
			return this.position < other.position;
		}

	}

}
