import { app, Menu, type MenuItemConstructorOptions } from "electron";

/** What people expect of a desktop menu, and no more: Careboard's own commands are on its screens. Reloading and tools are for developers. */
export function setMenu(): void {
  const mac = process.platform === "darwin";
  const developer: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: "separator" }, { role: "reload" }, { role: "toggleDevTools" }];
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: "appMenu" } as const] : [{ label: "File", submenu: [{ role: "quit" } as const] }]),
    { role: "editMenu" },
    {
      label: "View",
      submenu: [
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
        ...developer,
      ],
    },
    { role: "windowMenu" },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
