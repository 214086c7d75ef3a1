-- Ids are time-ordered: milliseconds since 1970, then 20 bits of a sequence. Only the primary hands them out, so they
-- are unique as long as it makes fewer than a million in one millisecond.
create sequence id_sequence;

create function next_id() returns bigint
    language sql volatile
    return (floor(extract(epoch from clock_timestamp()) * 1000)::bigint << 20) | (nextval('id_sequence') & 1048575);

create table content (
    id           bigint      primary key default next_id(),
    source_key   text        unique check (char_length(source_key) between 1 and 100),
    author_id    bigint      not null,
    title        text        not null check (char_length(title) between 1 and 300),
    body         text        not null check (char_length(body) <= 20000),
    publisher    text        not null,
    published_at timestamptz not null,
    -- The number of rows in content_like, counted in the transaction that adds them: exact, and as cheap to read for a
    -- page of contents as their titles. Counting at each read would cost as much as the contents are liked.
    like_count   bigint      not null default 0
) with (fillfactor = 80); -- Room beside each row, so that a like touches no index.

create table content_like (
    content_id bigint      not null references content,
    user_id    bigint      not null,
    created_at timestamptz not null default now(),
    primary key (content_id, user_id)
);

-- What became of contents, for whoever follows. Written in the transaction that changes the content, so there is no
-- change without its row and no row without its change.
create table content_change (
    -- Its order. Sequence numbers alone would not do: a transaction may take its number first and commit last, when a
    -- reader has gone on. Of transactions, Postgres knows up to which one all are decided.
    transaction  xid8        not null default pg_current_xact_id(),
    sequence     bigint      generated always as identity,
    kind         text        not null check (kind in ('published')),
    content_id   bigint      not null,
    author_id    bigint      not null,
    published_at timestamptz not null,
    primary key (transaction, sequence)
);
