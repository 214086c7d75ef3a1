-- What can be recalled: one row for each content, made from content-service's changes and from nothing else, so it can
-- be rebuilt at any time: in one transaction, empty feed_entry and set change_cursor's position back to ''.
create table feed_entry (
    content_id   bigint      primary key check (content_id > 0),
    author_id    bigint      not null check (author_id > 0),
    published_at timestamptz not null
);

-- A page of the newest is a walk along this index.
create index feed_entry_newest on feed_entry (published_at desc, content_id desc);

-- A page of some authors is one short walk for each of them.
create index feed_entry_by_author on feed_entry (author_id, published_at desc, content_id desc);

-- How far the changes have been applied. One row, and the lock on it is what makes several instances take turns.
create table change_cursor (
    only_row boolean primary key default true check (only_row),
    position text    not null
);
insert into change_cursor (position) values ('');
