import { useLive } from "../../live.js";
import { useSoon } from "../../soon.js";

/** Which lists an event of GitHub's may change. */
const EVENTS = {
    commits: ["push", "create", "delete", "commit_comment"],
    pulls: ["push", "pull_request", "pull_request_review", "pull_request_review_comment", "pull_request_review_thread", "check_run", "check_suite", "status"],
    branches: ["push", "create", "delete", "branch_protection_rule", "repository"],
    tags: ["push", "create", "delete"],
    releases: ["release"],
    issues: ["issues", "issue_comment"],
    "workflow-runs": ["workflow_run", "workflow_job"],
    deployments: ["deployment", "deployment_status"],
};

/** How often it is reloaded while a sync goes on. */
const WHILE_SYNCING = 5000;

/**
 * Reloads soon after something was told that may have changed what a page shows.
 *
 * @param page  one of the lists; without it, whatever comes from GitHub
 */
export function useTold(reload, page) {
    const soon = useSoon(reload);
    const atTimes = useSoon(reload, WHILE_SYNCING);
    useLive(message => {
        const sync = message.source === "github" && message.type.startsWith("sync_");
        const event = message.type === "github_update" && (!page || EVENTS[page].includes(message.event));
        if (sync && message.type === "sync_progress") {
            atTimes();
        } else if (event || message.type === "resync" || (sync && message.type !== "sync_started")) {
            soon();
        }
    });
}
