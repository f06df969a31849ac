package io.socketio.test;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketIoTester} with a server that has a certificate of its own
 * making.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "server.ssl.key-store-password=changeit" })
class SocketIoTesterTlsTests {

	@TempDir
	private static Path directory;

	@Autowired
	private SocketIoTester tester;

	@DynamicPropertySource
	static void certificate(DynamicPropertyRegistry registry) throws Exception {
		Path store = directory.resolve("server.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keyalg", "EC", "-dname", "CN=somewhere.example.org", "-storetype", "PKCS12",
				"-keystore", store.toString(), "-storepass", "changeit")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.log").toFile())
			.start();
		assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
		registry.add("server.ssl.key-store", () -> "file:" + store);
	}

	@Test
	void connectsWithoutCheckingTheCertificate() {
		try (TestSocket socket = this.tester.connect()) {
			assertThat(socket.emitWithAck("echo", "secret").as(String.class)).isEqualTo("secret");
		}
	}

}
