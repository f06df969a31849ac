package io.socketio.test;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of this module: the tester knows neither Spring Boot nor a test
 * framework, and uses the server's packages as a client would.
 */
class ArchitectureTests {

	private static final String ROOT = "io.socketio.test";

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void packagesAreFreeOfCycles() {
		check(SlicesRuleDefinition.slices().matching("io.socketio.(**)").should().beFreeOfCycles());
	}

	@Test
	void testerKnowsOnlyTheProtocolAndEventArguments() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.socketio.adapter..", "io.socketio.annotation..", "io.socketio.autoconfigure..",
					"io.socketio.engine..", "io.socketio.handler..", "io.socketio.recovery..", "io.socketio.webflux..",
					ROOT + ".autoconfigure..", ROOT + ".recovery.."));
	}

	@Test
	void contractKnowsOnlyTheStore() {
		check(ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + ".recovery..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(ROOT + ".recovery..", "io.socketio.recovery..", "java..", "org.assertj..",
					"org.jspecify..", "org.junit.jupiter..", "reactor.core.."));
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.boot.., autoconfigure..", "org.springframework.test.., autoconfigure..",
			"org.springframework.beans.., autoconfigure..", "org.springframework.context.., autoconfigure..",
			"org.junit.., autoconfigure..;recovery..", "org.assertj.., recovery..", "org.mockito.., none",
			"reactor.netty.., .", "io.netty.., ." })
	void libraryIsUsedByItsPackagesAlone(String library, String packages) {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(List.of(packages.split(";"))
				.stream()
				.map((name) -> ".".equals(name) ? ROOT : ROOT + "." + name)
				.toArray(String[]::new))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library));
	}

	@Test
	void packagesAreNullMarked() {
		Set<String> unmarked = new TreeSet<>();
		for (JavaClass type : MAIN) {
			if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
				unmarked.add(type.getPackageName());
			}
		}
		assertThat(unmarked).isEmpty();
	}

	@Test
	void nothingSleepsOrPrints() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.orShould()
			.callMethod(Collectors.class, "toList")
			.orShould()
			.callMethod(Objects.class, "requireNonNull", Object.class, String.class));
	}

	@Test
	void implementationsAreNotPublic() {
		check(ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT)
			.and()
			.areNotInterfaces()
			.and()
			.areNotRecords()
			.should()
			.notBePublic());
	}

	@Test
	void autoConfigurationsArePublicAndFinalWithoutPublicMembers() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL));
		check(ArchRuleDefinition.methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate());
	}

	private static void check(ArchRule rule) {
		rule.check(MAIN);
	}

}
