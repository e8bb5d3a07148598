import { createTheme, Modal, Notification, type MantineColorsTuple } from "@mantine/core";

const pine: MantineColorsTuple = [
  "#eef6f3",
  "#dbeae5",
  "#b3d4ca",
  "#88bdad",
  "#65aa95",
  "#4f9e86",
  "#42987e",
  "#33846b",
  "#27755e",
  "#1f4b43",
];

const dark: MantineColorsTuple = [
  "#e7e9ea",
  "#c2c7ca",
  "#a4acb0",
  "#7b8489",
  "#454c52",
  "#3a4045",
  "#282c2f",
  "#1f2224",
  "#181b1d",
  "#121415",
];

export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: { light: 9, dark: 7 },
  colors: { pine, dark },
  defaultRadius: "md",
  fontFamily: "Inter, 'Segoe UI', system-ui, -apple-system, sans-serif",
  headings: { fontFamily: "Georgia, 'Iowan Old Style', 'Times New Roman', serif", fontWeight: "500" },
  cursorType: "pointer",
  components: {
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        // Within a dialog, a header is not the page's banner.
        attributes: { header: { role: "presentation" } },
      },
    }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { "aria-label": "Dismiss" } } }),
  },
});
