/**
 * Auto-configuration for Bean Validation.
 */
@NullMarked
package io.socketio.autoconfigure.validation;

import org.jspecify.annotations.NullMarked;
