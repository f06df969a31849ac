package io.socketio.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report that is written as Markdown, and to the console as it grows.
 *
 * @since 0.1.0
 */
public final class Report {

	private final StringBuilder text = new StringBuilder();

	/**
	 * Start a report.
	 * @param title its title
	 */
	public Report(String title) {
		add("# " + title + "\n");
	}

	/**
	 * Tell where and how the results came about.
	 * @param args arguments of the run
	 * @return this report
	 */
	public Report environment(List<String> args) {
		return paragraph(Environment.describe(args));
	}

	/**
	 * Add a paragraph.
	 * @param paragraph the text, in Markdown
	 * @return this report
	 */
	public Report paragraph(String paragraph) {
		return add("\n" + paragraph + "\n");
	}

	/**
	 * Start a table.
	 * @param columns titles of its columns
	 * @return this report
	 */
	public Report table(String... columns) {
		return add("\n" + cells(List.of(columns))
				+ cells(Arrays.stream(columns).map((column) -> column.isEmpty() ? "---" : "---:").toList()));
	}

	/**
	 * Add a row to the table. Numbers are given three significant digits.
	 * @param values the cells
	 * @return this report
	 */
	public Report row(Object... values) {
		return add(cells(Arrays.stream(values).map(Report::cell).toList()));
	}

	private static String cells(List<String> values) {
		return values.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	private static String cell(Object value) {
		if (value instanceof Double number) {
			int decimals = (Math.abs(number) < 10) ? 2 : (Math.abs(number) < 100) ? 1 : 0;
			return String.format(Locale.ROOT, "%,." + decimals + "f", number);
		}
		return String.valueOf(value);
	}

	private Report add(String markdown) {
		System.out.print(markdown);
		this.text.append(markdown);
		return this;
	}

	/**
	 * Write the report.
	 * @param file where to
	 */
	public void write(Path file) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, this.text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The middle of some values and all of them.
	 * @param values the values
	 * @return median and values, in Markdown
	 */
	public static String summary(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		double median = (sorted.size() % 2 == 1) ? sorted.get(middle)
				: (sorted.get(middle - 1) + sorted.get(middle)) / 2;
		return values.stream().map(Report::cell).collect(Collectors.joining(", ", "**" + cell(median) + "** (", ")"));
	}

}
