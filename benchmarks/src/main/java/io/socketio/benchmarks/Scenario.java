package io.socketio.benchmarks;

import io.socketio.benchmarks.report.Report;

/**
 * Something to measure.
 */
interface Scenario {

	/**
	 * What is measured, in a few words.
	 * @return the title of the report
	 */
	String title();

	/**
	 * Measure.
	 * @param options how much of it
	 * @param report where the results go
	 */
	void run(Options options, Report report);

}
