/**
 * Statistics of the columns that questions choose rows by. Those of all the buckets of the rollups took a fifth of a first sync; and of
 * callers there must be none: statistics keep frequent values, in a table of their own.
 */
export const statistics = `
  analyze calls (clinic_id, local_day, call_start_time, location_id, queue_id, agent_id, call_status);
  analyze calls_by_hour (clinic_id, local_day, local_hour); analyze calls_by_agent (clinic_id, local_day, agent_id);
  analyze calls_by_type (clinic_id, local_day); analyze calls_by_queue (clinic_id, local_day, location_id, queue_id)`;
