import type { Permission } from "#shared/access/permission.ts";

/** What a permission lets a person do, to go on "Your role does not let you …". */
export const permissionWords: Record<Permission, string> = {
  viewOwnPerformance: "see your own calls",
  viewTeamPerformance: "see the calls of your locations",
  viewAllPerformance: "see all calls of the clinic",
  editCallJournals: "write call journals",
  reviewJournals: "review call journals",
  generateReports: "generate reports",
  configureMetrics: "set how figures are reckoned",
  manageGoals: "set goals",
  accessRecordings: "listen to recordings",
  conductQAReviews: "review the quality of calls",
  manageCampaigns: "run campaigns",
  exportData: "export data",
  seeCallers: "see who called",
  seeStaffNames: "see colleagues' names",
  viewBoard: "show the board",
  configureSources: "set up phone systems",
  managePeople: "administer people",
  manageLocations: "administer locations",
  manageDevices: "administer devices",
  manageRetention: "set how long data is kept",
  viewAudit: "read the audit log",
  manageOrganization: "administer the organization",
};
