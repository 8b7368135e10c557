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

# 2. The application, layer by layer, what changes least first.
FROM eclipse-temurin:21-jre AS application
RUN groupadd --system --gid 10001 platform \
    && useradd --system --uid 10001 --gid platform --home-dir /app --shell /usr/sbin/nologin platform
WORKDIR /app
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
EXPOSE 8080
ENV JAVA_TOOL_OPTIONS="-XX:+UseParallelGC -Xms64m -XX:MaxNewSize=56m -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"

# 3. Start it once, on a PostgreSQL that stays in this stage, and keep what it has loaded (class-data sharing): every later
#    start takes a third less time. The archive fits this very Java and these very jars only.
FROM application AS training
RUN apt-get update && apt-get install -y --no-install-recommends postgresql && rm -rf /var/lib/apt/lists/*
RUN service postgresql start \
    && su postgres -c "psql --command \"CREATE ROLE platform LOGIN PASSWORD 'platform'\" --command 'CREATE DATABASE platform OWNER platform'" \
    && export SPRING_DATASOURCE_URL=jdbc:postgresql://localhost:5432/platform SPRING_DATASOURCE_USERNAME=platform \
        SPRING_DATASOURCE_PASSWORD=platform PLATFORM_ADMIN_TOKEN=for-the-training-only \
        PLATFORM_MASTER_KEY="$(head -c 32 /dev/urandom | base64)" \
    && { java -XX:ArchiveClassesAtExit=platform.jsa -jar integration-platform.jar & pid=$!; } \
    && until curl --fail --silent --output /dev/null http://localhost:8080/actuator/health/readiness; do sleep 1; kill -0 $pid || exit 1; done \
    && { kill $pid; wait $pid || true; } \
    && test -s platform.jsa

# 4. Run.
FROM application
COPY --from=training /app/platform.jsa ./
USER 10001:10001
ENV JAVA_TOOL_OPTIONS="-XX:SharedArchiveFile=/app/platform.jsa -XX:+UseParallelGC -Xms64m -XX:MaxNewSize=56m -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://localhost:8080/actuator/health/readiness"]
ENTRYPOINT ["java", "-jar", "integration-platform.jar"]
