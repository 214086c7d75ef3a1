# One image for each service, from one build: docker build --target content-service .
# The official images and versions; Postgres, Redis and Consul are in docker-compose.yml.

FROM maven:3.9.16-eclipse-temurin-25 AS build
WORKDIR /src
ENV MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:TieredStopAtLevel=1"

# First without sources: this layer holds all libraries, and is built again only when a pom changes.
COPY pom.xml ./
COPY contracts/pom.xml contracts/
COPY common-rpc/pom.xml common-rpc/
COPY common-data/pom.xml common-data/
COPY infra/pom.xml infra/
COPY user-service/pom.xml user-service/
COPY content-service/pom.xml content-service/
COPY comment-service/pom.xml comment-service/
COPY feed-service/pom.xml feed-service/
COPY gateway/pom.xml gateway/
COPY all-in-one/pom.xml all-in-one/
COPY loadtest/pom.xml loadtest/
RUN mvn -B -q package -pl all-in-one -am -Dmaven.test.skip -Dspotless.check.skip -Dprotobuf.skip

COPY . .
RUN mvn -B -q package -pl all-in-one -am -Dmaven.test.skip -Dspotless.check.skip

# What others wrote changes seldom and is large; what we wrote changes often and is small. Each gets
# a layer of its own.
RUN for service in user-service content-service comment-service feed-service gateway all-in-one; do \
      mkdir -p /out/$service/own \
      && mv $service/target/lib /out/$service/lib \
      && cp $service/target/$service-*.jar /out/$service/own/ \
      && for module in */pom.xml; do \
           find /out/$service/lib -name "${module%/pom.xml}-[0-9]*.jar" \
             -exec mv {} /out/$service/own/ \; ; \
         done || exit 1; \
    done

FROM eclipse-temurin:25.0.4_7-jre AS runtime
RUN groupadd --system --gid 10001 headline && useradd --system --uid 10001 --gid 10001 headline
WORKDIR /app
COPY infra/compose/java.options infra/compose/ready ./
USER headline
ENTRYPOINT ["java", "@/app/java.options", "-cp", "/app/own/*:/app/lib/*"]

FROM runtime AS user-service
COPY --from=build /out/user-service/lib lib/
COPY --from=build /out/user-service/own own/
CMD ["dev.headline.user.Application"]

FROM runtime AS content-service
COPY --from=build /out/content-service/lib lib/
COPY --from=build /out/content-service/own own/
CMD ["dev.headline.content.Application"]

FROM runtime AS comment-service
COPY --from=build /out/comment-service/lib lib/
COPY --from=build /out/comment-service/own own/
CMD ["dev.headline.comment.Application"]

FROM runtime AS feed-service
COPY --from=build /out/feed-service/lib lib/
COPY --from=build /out/feed-service/own own/
CMD ["dev.headline.feed.Application"]

FROM runtime AS gateway
COPY --from=build /out/gateway/lib lib/
COPY --from=build /out/gateway/own own/
CMD ["dev.headline.gateway.Application"]

FROM runtime AS all-in-one
COPY --from=build /out/all-in-one/lib lib/
COPY --from=build /out/all-in-one/own own/
CMD ["dev.headline.allinone.Main", "--help"]
