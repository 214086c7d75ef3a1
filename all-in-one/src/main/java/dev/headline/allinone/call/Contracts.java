package dev.headline.allinone.call;

import dev.headline.allinone.topology.Service;
import dev.headline.comment.v1.CommentOuterClass;
import dev.headline.content.v1.ContentOuterClass;
import dev.headline.feed.v1.Feed;
import dev.headline.rpc.generic.Catalog;
import dev.headline.user.v1.UserOuterClass;
import java.util.Map;

/** What the platform's services can be asked, from their contracts. */
final class Contracts {

  private Contracts() {}

  static Catalog catalog() {
    return Catalog.of(
        Map.of(
            Service.USER.serviceName(), UserOuterClass.getDescriptor(),
            Service.CONTENT.serviceName(), ContentOuterClass.getDescriptor(),
            Service.COMMENT.serviceName(), CommentOuterClass.getDescriptor(),
            Service.FEED.serviceName(), Feed.getDescriptor()));
  }
}
