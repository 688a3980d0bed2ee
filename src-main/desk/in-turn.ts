/** One after the other: two replicas of one person are never open at once, and nobody signs in while somebody is being signed out. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let order: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = order.then(work);
    order = done.catch(() => {});
    return done;
  };
}
