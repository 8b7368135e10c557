// How the syncs of each source are spoken of, where they are, and where their figures stand.

/**
 * path: where syncs are started, their logs at …-logs; errors: where the quarantined are, retry: whether one can be tried again;
 * figures: of a sync's log; kinds: the types that a person may start; filters: all types.
 */
export const SOURCES = {
    jira: {
        source: "jira", path: "jira-sync", errors: "jira-ticket-errors", retry: true, name: "Jira", thing: "ticket", things: "tickets", Things: "Tickets",
        first: "Connect the project to Jira, then start a sync.",
        kinds: [
            ["incremental", "Incremental", "Fetches what changed since the last sync."],
            ["full", "Full", "Fetches all tickets. Also finds deleted and moved ones."],
            ["manual", "Manual (JQL)", "Fetches the tickets that a JQL query returns."],
        ],
        filters: ["full", "incremental", "scheduled", "manual", "replay", "webhook"],
        figures: sync => ({
            processed: sync.ticketsProcessed ?? 0, created: sync.ticketsCreated ?? 0, updated: sync.ticketsUpdated ?? 0,
            unchanged: sync.ticketsUnchanged ?? 0, deleted: sync.ticketsDeleted ?? 0, invalid: sync.ticketsInvalid ?? 0,
        }),
    },
    github: {
        source: "github", path: "github-sync", errors: "github-errors", name: "GitHub", thing: "item", things: "items", Things: "Items",
        first: "Connect the project to a repository, then start a sync.",
        kinds: [
            ["incremental", "Incremental", "Fetches what changed since the last sync."],
            ["full", "Full", "Reads all lists again. Also finds what was deleted."],
        ],
        filters: ["full", "incremental", "scheduled", "manual", "webhook"],
        figures: sync => ({
            processed: sync.processed ?? 0, created: sync.created ?? 0, updated: sync.updated ?? 0,
            unchanged: sync.unchanged ?? 0, deleted: sync.deleted ?? 0, invalid: 0,
            requests: (sync.streams ?? []).reduce((sum, stream) => sum + (stream.requests ?? 0), 0),
        }),
    },
};

/** A source that is files: its syncs are as GitHub's. of: {name, title} */
export const fileSource = ({ name, title }) => ({
    ...SOURCES.github, source: name, path: `sources/${name}/sync`, errors: `sources/${name}/set-aside`, name: title,
    first: "Connect the project to the source by the API, then start a sync.",
});
