# syntax=docker/dockerfile:1

# 1. Build. The dependencies are a layer of their own: it is made anew only when the pom changes.
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /build
# A container takes its database from outside.
ENV WITHOUT_EMBEDDED_DATABASE=!postgres-linux-amd64,!postgres-linux-arm64
COPY pom.xml .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -P "$WITHOUT_EMBEDDED_DATABASE" dependency:go-offline
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -DskipTests -P "$WITHOUT_EMBEDDED_DATABASE" package \
    && java -Djarmode=tools -jar target/integration-platform.jar extract --layers --destination target/layers

# 2. Run: layer by layer, what changes least first.
FROM eclipse-temurin:21-jre
RUN groupadd --system --gid 10001 platform \
    && useradd --system --uid 10001 --gid platform --home-dir /app --shell /usr/sbin/nologin platform
WORKDIR /app
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
USER 10001:10001
EXPOSE 8080
ENV JAVA_TOOL_OPTIONS="-XX:+UseParallelGC -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://localhost:8080/actuator/health/readiness"]
ENTRYPOINT ["java", "-jar", "integration-platform.jar"]
