package io.socketio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of the code: layers, cycles, who may use which library, and the rules for
 * auto-configuration.
 */
class ArchitectureTests {

	private static final String ROOT = "io.socketio";

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void layersKnowOnlyThoseBelow() {
		check(Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInLayers()
			.withOptionalLayers(true)
			.layer("autoconfigure")
			.definedBy(ROOT + ".autoconfigure..")
			.layer("handler")
			.definedBy(ROOT + ".handler..")
			.layer("context")
			.definedBy(ROOT + ".context..")
			.layer("security")
			.definedBy(ROOT + ".security..")
			.layer("webflux")
			.definedBy(ROOT + ".webflux..")
			.layer("observation")
			.definedBy(ROOT + ".observation..")
			.layer("annotation")
			.definedBy(ROOT + ".annotation..")
			.layer("server")
			.definedBy(ROOT + ".server..")
			.layer("engine")
			.definedBy(ROOT + ".engine..")
			.layer("adapter")
			.definedBy(ROOT + ".adapter..")
			.layer("recovery")
			.definedBy(ROOT + ".recovery..")
			.layer("protocol")
			.definedBy(ROOT + ".protocol..")
			.whereLayer("autoconfigure")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("handler")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("context")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("security")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("webflux")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("observation")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("annotation")
			.mayOnlyBeAccessedByLayers("handler", "autoconfigure")
			.whereLayer("server")
			.mayOnlyBeAccessedByLayers("handler", "context", "security", "webflux", "observation", "autoconfigure")
			.whereLayer("engine")
			.mayOnlyBeAccessedByLayers("server", "webflux", "observation", "autoconfigure")
			.whereLayer("adapter")
			.mayOnlyBeAccessedByLayers("server", "observation", "autoconfigure")
			.whereLayer("recovery")
			.mayOnlyBeAccessedByLayers("server", "adapter", "observation", "autoconfigure"));
	}

	@Test
	void everyClassBelongsToALayer() {
		check(ArchRuleDefinition.classes()
			.should()
			.resideInAnyPackage(List
				.of("autoconfigure", "handler", "context", "security", "webflux", "observation", "annotation", "server",
						"engine", "adapter", "recovery", "protocol")
				.stream()
				.map((layer) -> ROOT + "." + layer + "..")
				.toArray(String[]::new)));
	}

	@Test
	void packagesAreFreeOfCycles() {
		check(SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
	}

	@Test
	void protocolKnowsNoFramework() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + ".protocol..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "reactor..", "io.netty.."));
	}

	@Test
	void annotationsHaveNoLogic() {
		check(ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ROOT + ".annotation")
			.and()
			.doNotHaveSimpleName("package-info")
			.should()
			.beInterfaces());
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.boot.., autoconfigure..", "reactor.netty.., webflux..;engine.netty..",
			"io.netty.buffer.., webflux..;engine..", "io.netty.channel.., webflux..;engine..",
			"io.netty.handler.., webflux..;engine..", "io.netty.util.., webflux..;engine..",
			"io.lettuce.., adapter.redis..;adapter.redisstreams..;recovery.redis..",
			"org.springframework.data.redis.., adapter.redis..;adapter.redisstreams..;recovery.redis..;autoconfigure..",
			"com.mongodb.., adapter.mongodb..;recovery.mongodb..;autoconfigure..",
			"io.r2dbc.., adapter.postgres..;recovery.postgres..;autoconfigure..",
			"com.hazelcast.., adapter.hazelcast..;recovery.hazelcast..;autoconfigure..",
			"org.msgpack.., protocol.msgpack..", "io.micrometer.., observation..;context..;autoconfigure..",
			"io.micrometer.context.., context..;autoconfigure..", "org.slf4j.., context..;autoconfigure..",
			"org.springframework.security.., security..;autoconfigure..",
			"jakarta.validation.., handler.validation..;autoconfigure.validation..", "kotlin.., none",
			"kotlinx.., none", "com.fasterxml.jackson.databind.., none", "jakarta.servlet.., none" })
	void libraryIsUsedByItsPackagesAlone(String library, String packages) {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(
					List.of(packages.split(";")).stream().map((name) -> ROOT + "." + name).toArray(String[]::new))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library));
	}

	@Test
	void optionalParserIsKnownByTheAutoConfigurationAlone() {
		check(ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(ROOT + ".protocol.msgpack..", ROOT + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".protocol.msgpack.."));
	}

	@Test
	void logsAreWrittenByCommonsLogging() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("org.slf4j..", "java.util.logging..")
				.and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(MDC.class)))));
		check(ArchRuleDefinition.noClasses()
			.should()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.orShould()
			.callMethod(Throwable.class, "printStackTrace"));
	}

	@Test
	void nothingBlocks() {
		DescribedPredicate<JavaClass> reactive = JavaClass.Predicates.assignableTo(Mono.class)
			.or(JavaClass.Predicates.assignableTo(Flux.class));
		check(ArchRuleDefinition.noClasses()
			.should()
			.callMethodWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(reactive))
				.and(JavaCall.Predicates.target(HasName.Predicates.nameMatching("block.*|toIterable|toStream"))))
			.orShould()
			.callMethod(Thread.class, "sleep", long.class));
	}

	@Test
	void caseIsChangedWithALocale() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.callMethod(String.class, "toLowerCase")
			.orShould()
			.callMethod(String.class, "toUpperCase"));
	}

	@Test
	void shorterFormsAreUsed() {
		check(ArchRuleDefinition.noClasses()
			.should()
			.callMethod(Collectors.class, "toList")
			.orShould()
			.callMethod(Objects.class, "requireNonNull", Object.class, String.class));
	}

	@Test
	void packagesAreNullMarked() {
		Set<String> unmarked = new TreeSet<>();
		for (JavaClass type : MAIN) {
			JavaPackage declaring = type.getPackage();
			if (!declaring.isAnnotatedWith(NullMarked.class)) {
				unmarked.add(declaring.getName());
			}
		}
		assertThat(unmarked).isEmpty();
	}

	@Test
	void autoConfigurationsArePublicAndFinalWithoutPublicMembers() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration"));
		check(ArchRuleDefinition.methods()
			.that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic());
		check(ArchRuleDefinition.fields()
			.that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic()
			.allowEmptyShould(true));
	}

	@Test
	void autoConfigurationsAreListed() throws IOException {
		List<String> listed = new ClassPathResource(IMPORTS).getContentAsString(StandardCharsets.UTF_8)
			.lines()
			.toList();
		assertThat(listed).isSorted()
			.containsExactlyInAnyOrderElementsOf(MAIN.stream()
				.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
				.map(JavaClass::getName)
				.toList());
	}

	@Test
	void beanMethodsFollowTheRules() {
		check(ArchRuleDefinition.methods()
			.that()
			.areAnnotatedWith(Bean.class)
			.should()
			.bePackagePrivate()
			.andShould()
			.notBeAnnotatedWith(ConditionalOnClass.class)
			.andShould(satisfy("not return a private type",
					(method) -> !method.getRawReturnType().getModifiers().contains(JavaModifier.PRIVATE)))
			.andShould(satisfy("not repeat the return type in @ConditionalOnMissingBean",
					(method) -> !repeatsReturnType(method)))
			.andShould(satisfy("be static when it returns a post-processor",
					(method) -> !isPostProcessor(method.getRawReturnType())
							|| method.getModifiers().contains(JavaModifier.STATIC))));
	}

	private static boolean repeatsReturnType(JavaMethod method) {
		return method.tryGetAnnotationOfType(ConditionalOnMissingBean.class.getName())
			.flatMap((annotation) -> annotation.get("value"))
			.map((value) -> List.of((JavaType[]) value).equals(List.of(method.getRawReturnType())))
			.orElse(false);
	}

	private static boolean isPostProcessor(JavaClass type) {
		return type.isAssignableTo(BeanPostProcessor.class) || type.isAssignableTo(BeanFactoryPostProcessor.class);
	}

	@Test
	void conditionsAreNotPublic() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAssignableTo(Condition.class)
			.should()
			.notBePublic()
			.allowEmptyShould(true));
	}

	@Test
	void configurationPropertiesNameTheirPrefixAsValue() {
		check(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(ConfigurationProperties.class)
			.should(new ArchCondition<JavaClass>("use @ConfigurationProperties(\"...\")") {

				@Override
				public void check(JavaClass type, ConditionEvents events) {
					JavaAnnotation<?> annotation = type.getAnnotationOfType(ConfigurationProperties.class.getName());
					boolean satisfied = "".equals(annotation.get("prefix").orElse(""))
							&& !"".equals(annotation.get("value").orElse(""));
					events.add(new SimpleConditionEvent(type, satisfied, type.getName()));
				}

			}));
	}

	@Test
	void testsVerifyPublishersWithATimeout() {
		JavaClasses tests = new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
			.importPackages(ROOT);
		DescribedPredicate<JavaCall<?>> inMain = DescribedPredicate.describe("in main",
				(call) -> call.getOrigin().getName().equals("main"));
		ArchRuleDefinition.noClasses()
			.should()
			.callMethodWhere(JavaCall.Predicates
				.target(HasOwner.Predicates.With
					.owner(JavaClass.Predicates.assignableTo("reactor.test.StepVerifier$LastStep")))
				.and(JavaCall.Predicates.target(
						HasName.Predicates.nameMatching("verify(Complete|Error|ErrorMessage|ErrorSatisfies|Timeout)"))))
			.orShould()
			.callMethodWhere(JavaCall.Predicates
				.target(HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(Mono.class)
					.or(JavaClass.Predicates.assignableTo(Flux.class))))
				.and(JavaCall.Predicates.target(HasName.Predicates.nameMatching("block|blockFirst|blockLast")))
				.and(DescribedPredicate.describe("without timeout",
						(call) -> call.getTarget().getRawParameterTypes().isEmpty()))
				.and(DescribedPredicate.not(inMain)))
			.check(tests);
	}

	private static ArchCondition<JavaMethod> satisfy(String description, Predicate<JavaMethod> predicate) {
		return ArchCondition.from(DescribedPredicate.describe(description, predicate));
	}

	private static void check(ArchRule rule) {
		rule.check(MAIN);
	}

}
