/**
 * The contract of session stores, as a test class to extend. Needs JUnit Jupiter and
 * AssertJ.
 */
@NullMarked
package io.socketio.test.recovery;

import org.jspecify.annotations.NullMarked;
