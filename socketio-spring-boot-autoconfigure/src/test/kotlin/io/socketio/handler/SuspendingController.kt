package io.socketio.handler

import io.socketio.annotation.OnConnect
import io.socketio.annotation.SocketIoController
import io.socketio.annotation.SocketIoEvent
import io.socketio.annotation.SocketIoExceptionHandler
import io.socketio.server.Acknowledgement
import io.socketio.server.SocketIoSocket
import jakarta.validation.constraints.NotBlank
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.reactor.awaitSingle
import reactor.core.publisher.Mono
import reactor.core.publisher.Sinks

/** Suspending functions, as applications in Kotlin have them. */
@SocketIoController
open class SuspendingController {

	val gate: Sinks.One<String> = Sinks.one()

	val log: MutableList<String> = java.util.concurrent.CopyOnWriteArrayList()

	@OnConnect
	open suspend fun connected(socket: SocketIoSocket) {
		log.add("connected " + socket.id())
	}

	@SocketIoEvent
	open suspend fun value(room: String, limit: Int): String {
		delay(1)
		return "$room $limit"
	}

	@SocketIoEvent
	open suspend fun thread(): String = Thread.currentThread().name

	@SocketIoEvent
	open suspend fun waiting(): String = gate.asMono().awaitSingle()

	@SocketIoEvent
	open suspend fun nothing(text: String) {
		log.add(text)
	}

	@SocketIoEvent
	open suspend fun nullable(text: String?): String? = text

	@SocketIoEvent
	open suspend fun defaultValue(room: String, limit: Int = 10): String = "$room $limit"

	@SocketIoEvent
	open suspend fun many(): Flow<Int> = flowOf(1, 2, 3)

	@SocketIoEvent
	open fun flow(): Flow<Int> = flowOf(4, 5)

	@SocketIoEvent
	open suspend fun own(acknowledgement: Acknowledgement) {
		delay(1)
		acknowledgement.send("own")
	}

	@SocketIoEvent
	open suspend fun ownNever(acknowledgement: Acknowledgement) {
	}

	@SocketIoEvent
	open suspend fun failing(): String {
		delay(1)
		throw IllegalStateException("secret of failing")
	}

	@SocketIoEvent
	open suspend fun handled(): String = Mono.error<String>(ArithmeticException("x")).awaitSingle()

	@SocketIoEvent(maxConcurrent = 1)
	open suspend fun serial(name: String): String {
		log.add("start $name")
		delay(5)
		log.add("end $name")
		return name
	}

	@SocketIoExceptionHandler
	open suspend fun handle(ex: ArithmeticException): String {
		delay(1)
		return "handled " + ex.message
	}

}

/** Constraints on a suspending function. */
@SocketIoController
open class ValidatedSuspendingController {

	@SocketIoEvent
	open suspend fun event(@NotBlank text: String): String = text

}
