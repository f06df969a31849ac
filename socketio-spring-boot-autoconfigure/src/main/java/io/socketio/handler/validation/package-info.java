/**
 * Validation of handler methods by Bean Validation, an optional library.
 */
@NullMarked
package io.socketio.handler.validation;

import org.jspecify.annotations.NullMarked;
